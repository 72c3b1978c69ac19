import { rmSync, statSync } from 'node:fs';
import { readBeginning } from '../../files/read-beginning.ts';

/** The name of the database in a data folder. */
export const DATABASE_FILE = 'latchkey.db';

/** How every database of SQLite begins (https://www.sqlite.org/fileformat.html). */
const MAGIC = Buffer.from('SQLite format 3\0');
const HEADER_BYTES = 100;
const USER_VERSION_AT = 60;

/** Whether a file is a database of SQLite. Not for a database that this process has open (see `readBeginning`). */
export function isDatabaseFile(file: string): boolean {
  return readBeginning(file, MAGIC.length).equals(MAGIC);
}

/** Whether a database was lost: its file is not there, or nothing was ever put into it. A file of another kind is not lost. */
export function isLostDatabase(file: string): boolean {
  if (sizeOf(file) === 0) return true;
  const header = readBeginning(file, HEADER_BYTES);
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) return false;
  // The first changes of a database are in its log until that is copied.
  return header.readUInt32BE(USER_VERSION_AT) === 0 && sizeOf(`${file}-wal`) === 0;
}

/** Removes a database, and the files that SQLite keeps beside it. */
export function removeDatabase(file: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(file + end, { force: true });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
