import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Reads the first bytes of a file; fewer where it has no more. Not for a file on which this process holds a lock: closing a
 * file gives up all of them.
 */
export function readBeginning(file: string, byteLength: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(byteLength);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, byteLength, 0));
  } finally {
    closeSync(descriptor);
  }
}
