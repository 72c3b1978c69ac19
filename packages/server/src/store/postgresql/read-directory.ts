import type { DirectoryReader } from '../port/directory.ts';
import { parseConnectionUrl } from './connection-url.ts';
import { Database } from './database.ts';
import { PostgresqlDirectory } from './directory/postgresql-directory.ts';
import { readInstanceId } from './instance-row.ts';

/** The directory in a database that servers use. */
export interface PostgresqlReader extends AsyncDisposable {
  readonly reader: DirectoryReader;
}

/**
 * Opens the directory in a PostgreSQL database for reading only.
 *
 * @returns `undefined` where the database has no store of Latchkey yet
 * @throws {StoreError} when it cannot be reached
 */
export async function readPostgresqlDirectory(url: string): Promise<PostgresqlReader | undefined> {
  const target = parseConnectionUrl(url);
  if ((await readInstanceId(target)) === undefined) return undefined;
  const database = new Database(target);
  return {
    reader: new PostgresqlDirectory(database),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
