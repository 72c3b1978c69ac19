import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The root of the repository. */
export const root = join(import.meta.dirname, '../..');

/** Folder for all files of a run. It is in the repository, because temporary folders are often not on a disk. */
export class Workspace {
  readonly path: string;

  /** Makes the folder, which is removed when this process ends. */
  constructor() {
    const cache = join(root, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    this.path = mkdtempSync(join(cache, 'latchkey-bench-'));
    process.on('exit', () => rmSync(this.path, { recursive: true, force: true }));
  }

  /** Makes an empty data folder for a server. */
  makeDataDir(): string {
    return mkdtempSync(join(this.path, 'data-'));
  }
}

/** Total size of all files in a folder, in bytes. */
export function diskBytes(path: string): number {
  let bytes = 0;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}

/** Finds a port that is free at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('Cannot find a free port'));
        else resolve(address.port);
      });
    });
  });
}
