import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** The name of the file whose lock is the lock of its folder. */
export const LOCK_FILE = 'lock.db';

/** What holds a lock. A connection that nobody refers to is closed when garbage is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

/** Another process holds the folder. */
export class FolderLockedError extends Error {
  override readonly name = 'FolderLockedError';
  readonly code = 'FOLDER_LOCKED';
}

/**
 * Locks a folder for this process until the lock is released or the process ends, by whatever means: the operating
 * system holds the lock on an empty file. SQLite takes it, because Node itself has no file locks.
 *
 * @returns what gives the folder back
 * @throws {FolderLockedError} at once, when somebody has it
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, LOCK_FILE);
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw new FolderLockedError(`The folder ${folder} is in use`, { cause: error });
    }
    throw error;
  }
  held.add(database);
  return () => {
    held.delete(database);
    database.close();
  };
}
