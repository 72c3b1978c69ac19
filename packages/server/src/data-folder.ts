import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './files/lock-folder.ts';
import { hasKeyFile, openKeyFile } from './keys/key-file.ts';
import type { Keys } from './keys/keys.ts';
import { DATABASE_FILE, isLostDatabase } from './store/sqlite/database-file.ts';
import { findStuckBytes } from './store/sqlite/free-pages.ts';
import { openSqliteStore } from './store/sqlite/sqlite-store.ts';
import type { Store, StoreOptions } from './store/store.ts';

/** What an instance must not forget, open: its store and its keys. */
export interface InstanceData {
  readonly keys: Keys;
  readonly store: Store;
  close(): Promise<void>;
}

export interface DataFolderOptions {
  readonly nowMs: number;
  /** Opens the store. Default: SQLite in the folder. */
  readonly openStore?: ((options: StoreOptions) => Store) | undefined;
  readonly storeOptions: StoreOptions;
  /** Writes a warning to the log. */
  readonly warn: (message: string) => void;
}

/**
 * Makes the folder where there is none, for this process alone.
 *
 * @returns gives it up
 * @throws {FolderLockedError}
 */
export function takeDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return lockFolder(dataDir);
}

/**
 * Opens the folder, making it where there is none, for this process alone: two would count limits apart, give ids twice,
 * and replace each other's keys.
 *
 * @throws {FolderLockedError}
 * @throws when something in it cannot be read or written
 */
export function openDataFolder(dataDir: string, options: DataFolderOptions): InstanceData {
  const unlock = takeDataFolder(dataDir);
  try {
    const database = join(dataDir, DATABASE_FILE);
    const hasKeys = hasKeyFile(dataDir);
    const hasDatabase = !isLostDatabase(database);
    if (hasDatabase && !hasKeys) {
      options.warn(
        `There is a database in ${dataDir} but no keys.json: new keys were made, so everyone signs in and registers anew. If there is a backup of the old ones, stop the server and restore them`,
      );
    }
    if (hasKeys && !hasDatabase && options.openStore === undefined) {
      const state = existsSync(database) ? 'its database is empty' : 'no database';
      options.warn(
        `There is a keys.json in ${dataDir} but ${state}: a new database was made, so everyone must sign in anew. If there is a backup of the old one, stop the server and run \`latchkey restore\``,
      );
    }
    if (options.openStore === undefined) adviseToCompact(database, options.warn);
    const keys = openKeyFile(dataDir, options.nowMs);
    const store =
      options.openStore?.(options.storeOptions) ?? openSqliteStore(database, options.storeOptions);
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

function adviseToCompact(database: string, warn: (message: string) => void): void {
  const stuck = findStuckBytes(database);
  if (stuck === 0) return;
  warn(
    `${Math.round(stuck / 1e6)} MB of ${database} are free, and stay in the file, as an earlier release made it: to have them back, stop the server and run \`latchkey store compact\``,
  );
}
