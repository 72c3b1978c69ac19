import type { DirectoryReader } from '../store/port/directory.ts';
import type { Config } from './config.ts';

/** The directory in the store, for reading only, whether servers run or not. */
export interface StoredDirectory extends AsyncDisposable {
  readonly reader: DirectoryReader;
}

/**
 * Opens the directory in the store for reading. What the store needs is imported only here: most commands don't ask it.
 *
 * @returns `undefined` where there is no store yet, or one of release 0.1, which has no directory
 * @throws {StoreError} when PostgreSQL cannot be reached
 * @throws when the database in the data folder cannot be read
 */
export async function readStoredDirectory({
  dataDir,
  store,
}: Pick<Config, 'dataDir' | 'store'>): Promise<StoredDirectory | undefined> {
  if (store !== undefined) {
    const { readPostgresqlDirectory } = await import('../store/postgresql/read-directory.ts');
    return readPostgresqlDirectory(store);
  }
  const { readFolderDirectory } = await import('../store/sqlite/read-directory.ts');
  const folder = readFolderDirectory(dataDir);
  return folder && { reader: folder.reader, [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() };
}
