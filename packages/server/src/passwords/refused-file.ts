import { hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { explainFileError } from '../files/file-error.ts';

/** Longest line of a file of hashes: 40 digits, a colon, a count, a line end. */
const LONGEST_HASH_LINE = 64;
/** The largest file of passwords that is read through for each new password. Larger ones are given as sorted hashes. */
export const MOST_BYTES_OF_PASSWORDS = 256 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Places of a file of hashes at which `checkRefusedFile` sees whether it is sorted. */
const SAMPLES = 64;

const HASH_LINE = /^([0-9A-Fa-f]{40})(?::\d{1,12})?$/;

/** A file of refused passwords that cannot be used. The message says why, and what to do. */
export class RefusedFileError extends Error {
  override readonly name = 'RefusedFileError';
}

/**
 * Looks a password up in a file: one password a line, or sorted SHA-1 hashes, as "Have I Been Pwned" gives them (40 hexadecimal
 * digits, and perhaps a colon and a count). Hashes are found by some forty reads, however large the file is; passwords are read through.
 * The file is opened each time, so that one that is put in its place counts at once.
 *
 * @throws {RefusedFileError}
 */
export async function isInRefusedFile(path: string, password: string): Promise<boolean> {
  return withFile(path, async (file, size) => {
    const spellings = new Set([password, password.toLowerCase()]);
    if (await hasHashes(file, size)) {
      for (const spelling of spellings) {
        if (await hasHash(file, size, hash('sha1', spelling).toUpperCase())) return true;
      }
      return false;
    }
    requireReadable(path, size);
    return hasLine(file, [...spellings]);
  });
}

/**
 * Checks that a file can be used: it is there, and hashes in it are sorted, by some samples.
 *
 * @throws {RefusedFileError}
 */
export async function checkRefusedFile(path: string): Promise<void> {
  await withFile(path, async (file, size) => {
    if (!(await hasHashes(file, size))) {
      requireReadable(path, size);
      return;
    }
    let before = '';
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const line = await lineAfter(file, Math.floor((size * sample) / SAMPLES), size);
      if (line === undefined) continue;
      const [, digits] = HASH_LINE.exec(line.text) ?? [];
      if (digits === undefined) {
        throw new RefusedFileError(
          `${path} begins with SHA-1 hashes, and has another line at byte ${line.start}: give hashes alone, one a line, or passwords alone`,
        );
      }
      if (digits.toUpperCase() < before) {
        throw new RefusedFileError(
          `${path} has SHA-1 hashes that are not sorted (byte ${line.start}): sort it by hash, e.g. LC_ALL=C sort`,
        );
      }
      before = digits.toUpperCase();
    }
  });
}

async function withFile<T>(path: string, use: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  let file: FileHandle | undefined;
  try {
    // A pipe that nobody writes to would be waited for.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    if (!stat.isFile()) throw new RefusedFileError(`${path} is no file`);
    return await use(file, stat.size);
  } catch (error) {
    if (error instanceof RefusedFileError) throw error;
    throw new RefusedFileError(`${path} cannot be read: ${explainFileError(error)}`, { cause: error });
  } finally {
    await file?.close();
  }
}

function requireReadable(path: string, size: number): void {
  if (size <= MOST_BYTES_OF_PASSWORDS) return;
  throw new RefusedFileError(
    `${path} is a list of passwords of more than 256 MiB, which would be read through each time: give it as sorted SHA-1 hashes`,
  );
}

async function hasHashes(file: FileHandle, size: number): Promise<boolean> {
  const first = await readAt(file, 0, Math.min(size, LONGEST_HASH_LINE));
  return HASH_LINE.test(first.toString('latin1').split('\n')[0]?.replace(/\r$/, '') ?? '');
}

/** Binary search: halves the stretch of bytes in which the line of the hash begins. */
async function hasHash(file: FileHandle, size: number, digits: string): Promise<boolean> {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineAfter(file, middle, size);
    if (line === undefined || line.start >= high) {
      // No line begins in the upper half.
      high = middle;
      continue;
    }
    const found = line.text.slice(0, 40).toUpperCase();
    if (found === digits) return true;
    if (found < digits) low = line.start + line.text.length + 1;
    else high = middle;
  }
  return false;
}

/** The first line that begins at a byte or after it. */
async function lineAfter(
  file: FileHandle,
  at: number,
  size: number,
): Promise<{ readonly start: number; readonly text: string } | undefined> {
  // The byte before says whether a line begins right here.
  const from = Math.max(0, at - 1);
  const bytes = await readAt(file, from, Math.min(2 * LONGEST_HASH_LINE + 1, size - from));
  const text = bytes.toString('latin1');
  const begin = at === 0 ? 0 : text.indexOf('\n') + 1;
  if ((at > 0 && begin === 0) || from + begin >= size) return undefined;
  const end = text.indexOf('\n', begin);
  return {
    start: from + begin,
    text: (end === -1 ? text.slice(begin) : text.slice(begin, end)).replace(/\r$/, ''),
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Whether a file has one of some texts as a line. */
async function hasLine(file: FileHandle, texts: readonly string[]): Promise<boolean> {
  const lines = texts.map((text) => Buffer.from(`\n${text}\n`));
  const longest = Math.max(...lines.map(({ length }) => length));
  let kept = Buffer.from('\n');
  for (let position = 0; ; ) {
    const chunk = await readAt(file, position, CHUNK_BYTES);
    position += chunk.length;
    const isEnd = chunk.length === 0;
    const text = Buffer.concat([kept, isEnd ? Buffer.from('\n') : chunk]);
    const plain = text.includes(13)
      ? Buffer.from(text.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
      : text;
    if (lines.some((line) => plain.includes(line))) return true;
    if (isEnd) return false;
    // A line that the next chunk ends, and a CR whose LF it begins with.
    kept = Buffer.from(text.subarray(-(longest + 2)));
  }
}
