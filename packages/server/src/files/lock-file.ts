import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

/** Another program holds the lock, or one that was killed has left it. */
export class FileLockedError extends Error {
  override readonly name = 'FileLockedError';
}

const RETRY_MS = 20;

/**
 * Does something while no other program does that asks for the same lock file. The file is there only meanwhile; a
 * program that is killed leaves it, and whoever asks next is told to delete it.
 *
 * @param waitMs how long to wait for the other program, in milliseconds
 * @throws {FileLockedError} when the other still has it then
 */
export async function withLockFile<T>(file: string, waitMs: number, act: () => T): Promise<T> {
  for (let waitedMs = 0; !take(file); waitedMs += RETRY_MS) {
    if (waitedMs >= waitMs) {
      throw new FileLockedError(
        `Another program holds the lock ${file}: try again, or delete that file if no such program runs`,
      );
    }
    await setTimeout(RETRY_MS);
  }
  try {
    return act();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  // For a person who finds the file.
  writeSync(descriptor, `${process.pid}\n`);
  closeSync(descriptor);
  return true;
}
