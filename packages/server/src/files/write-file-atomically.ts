import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface FileAttributes {
  readonly mode: number;
  /** Owner of the new file. Ignored when the process may not give files away. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Replaces a file: a reader, or a crash, finds the old content or the new, never a part. Returns once it is on the disk.
 *
 * @param check - called when the new content is written, before it replaces the file; throws to leave the file as it is
 */
export function writeFileAtomically(
  file: string,
  content: string | Uint8Array,
  attributes: FileAttributes,
  check: () => void = () => undefined,
): void {
  const folder = dirname(file);
  const temporary = join(folder, `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    write(temporary, content, attributes);
    check();
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

function write(file: string, content: string | Uint8Array, { mode, owner }: FileAttributes): void {
  // Exclusively: in a folder that others can write to, nobody's link leads us to another file.
  const descriptor = openSync(file, 'wx', mode);
  try {
    // The umask changes the mode that is given to open.
    fchmodSync(descriptor, mode);
    writeFileSync(descriptor, content);
    if (owner !== undefined) tryToGive(descriptor, owner);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function tryToGive(descriptor: number, { uid, gid }: { uid: number; gid: number }): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only root may give a file away.
  }
}

/** Makes a rename durable: without this a file may have its old name again after a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows cannot sync folders.
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
