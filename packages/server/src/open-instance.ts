import type { Config } from './config/config.ts';
import { type InstanceData, openDataFolder, takeDataFolder } from './data-folder.ts';
import type { Store, StoreOptions } from './store/store.ts';

export interface OpenInstanceOptions {
  readonly instanceId: string;
  readonly now: () => number;
  /** Where the master secret is, such as `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Opens the store in the place of SQLite or PostgreSQL. */
  readonly openStore?: ((options: StoreOptions) => Store) | undefined;
  readonly storeOptions: StoreOptions;
  /** Writes a warning to the log. */
  readonly warn: (message: string) => void;
  /** Told of what failed in the background; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** Told when a newer release has changed the store, so that this process cannot go on. */
  readonly onOutdated: (error: Error) => void;
  /** Told again and again how far this machine's clock is ahead of the database's, in milliseconds; negative where it is behind. */
  readonly onClock: (differenceMs: number) => void;
}

/**
 * Opens what an instance must not forget: in the data folder, or in the PostgreSQL that the configuration names. The data folder
 * is this process's own in both cases.
 *
 * @throws {FolderLockedError}
 * @throws {StoreError} when PostgreSQL cannot be used: says why
 * @throws {MasterSecretError}
 * @throws when something in the data folder cannot be read or written
 */
export async function openInstance(
  { dataDir, store: url }: Pick<Config, 'dataDir' | 'store'>,
  options: OpenInstanceOptions,
): Promise<InstanceData> {
  const { instanceId, now, env, openStore, storeOptions, warn, onFailure, onOutdated, onClock } = options;
  if (url === undefined || openStore !== undefined)
    return openDataFolder(dataDir, { nowMs: now(), openStore, storeOptions, warn });
  const [{ openInstanceStore }, { readMasterSecrets }, { openStoredKeys }] = await Promise.all([
    import('./store/postgresql/open-instance-store.ts'),
    import('./keys/read-master-secrets.ts'),
    import('./keys/stored-keys.ts'),
  ]);
  const unlock = takeDataFolder(dataDir);
  try {
    const masters = await readMasterSecrets(env);
    const store = await openInstanceStore(url, instanceId, {
      ...storeOptions,
      ...{ now, onFailure, onOutdated, onClock },
    });
    try {
      const stored = await openStoredKeys(store.keys, masters, { now, onFailure });
      return {
        store,
        keys: stored.keys,
        async close() {
          stored.close();
          await store.close();
          unlock();
        },
      };
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}
