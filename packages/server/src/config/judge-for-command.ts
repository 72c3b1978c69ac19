import { applyDeclaration } from '../directory/file/apply-declaration.ts';
import type { FileStore } from '../directory/file/sides.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import type { DirectoryGuard, Verdict } from './directory-guard.ts';
import { readFormerDirectory } from './former-directory.ts';
import { findInstanceId } from './instance-id.ts';
import { judgeDirectory } from './judge-directory.ts';
import type { LoadedConfig } from './load-config.ts';
import { LoadedDirectory } from './loaded-directory.ts';
import { readStoredDirectory } from './stored-directory.ts';

/** Ids of an instance that has none yet are never kept. */
const NO_INSTANCE = 'ssoins-0000000000000000';

/**
 * Judges a configuration as a server with its data folder does, whether one runs or not.
 *
 * @param warn - told when the directory before the change cannot be read, so that any change would be taken
 * @throws {ConfigError} with every entry that another source has
 */
export async function judgeForCommand(
  loaded: LoadedConfig,
  guard: DirectoryGuard,
  warn: (message: string) => void,
): Promise<Verdict> {
  const { dataDir, store } = loaded.config;
  try {
    await using before = await openBefore(loaded.config);
    if (before === undefined) return { kind: 'taken' };
    const { digest } = (await before.store.findSource('file')) ?? {};
    if (digest !== undefined && loaded.digest.equals(digest)) return { kind: 'taken' };
    const instanceId = (await findInstanceId(loaded.config)) ?? NO_INSTANCE;
    const directory = new LoadedDirectory(loaded);
    return (await judgeDirectory(directory, { store: before.store, instanceId, guard })).verdict;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    warn(
      `The directory in ${store === undefined ? dataDir : 'PostgreSQL'} cannot be read (${reason}): whom this configuration removes or disables is not known`,
    );
    return { kind: 'taken' };
  }
}

interface Before extends AsyncDisposable {
  readonly store: FileStore;
}

/** The directory in the store; `undefined` where no server has used it. */
async function openBefore({
  dataDir,
  store: url,
}: Pick<Config, 'dataDir' | 'store'>): Promise<Before | undefined> {
  const stored = await readStoredDirectory({ dataDir, ...(url !== undefined && { store: url }) });
  if (stored !== undefined) {
    return { store: stored.reader, [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose]() };
  }
  // Release 0.1 ran last.
  const former = readFormerDirectory(dataDir);
  if (former === undefined) return undefined;
  const store = openSqliteStore(':memory:');
  await applyDeclaration(store, former.directory, { instanceId: NO_INSTANCE, now: Date.now });
  return { store, [Symbol.asyncDispose]: () => store.close() };
}
