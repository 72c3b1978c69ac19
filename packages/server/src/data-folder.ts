import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './files/lock-folder.ts';
import { hasKeyFile, openKeyFile } from './keys/key-file.ts';
import type { Keys } from './keys/keys.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store } from './store/store.ts';

/** The open data folder of an instance: its store and its keys. */
export interface DataFolder {
  readonly keys: Keys;
  readonly store: Store;
  close(): Promise<void>;
}

export interface DataFolderOptions {
  readonly nowMs: number;
  /** Opens the store. Default: SQLite in the folder. */
  readonly openStore?: (() => Store) | undefined;
  /** Writes a warning to the log. */
  readonly warn: (message: string) => void;
}

/**
 * Opens the folder, making it where there is none, for this process alone: two would count limits apart, give ids twice,
 * and replace each other's keys.
 *
 * @throws {FolderLockedError}
 * @throws when something in it cannot be read or written
 */
export function openDataFolder(dataDir: string, options: DataFolderOptions): DataFolder {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dataDir);
  try {
    const database = join(dataDir, 'latchkey.db');
    if (existsSync(database) && !hasKeyFile(dataDir)) {
      options.warn(
        `There is a database in ${dataDir} but no keys.json: new keys were made, so everyone signs in and registers anew. If there is a backup of the old ones, stop the server and restore them`,
      );
    }
    const keys = openKeyFile(dataDir, options.nowMs);
    const store = options.openStore?.() ?? openSqliteStore(database);
    return {
      keys,
      store,
      async close() {
        await store.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
