import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder that everything is written to: inside the repository, since a temporary one is often not on a disk. */
export class Workspace {
  readonly #path: string;

  /** Makes the folder; it goes away with this process, however that ends. */
  constructor() {
    const cache = join(root, 'node_modules/.cache');
    mkdirSync(cache, { recursive: true });
    this.#path = mkdtempSync(join(cache, 'latchkey-bench-'));
    process.on('exit', () => rmSync(this.#path, { recursive: true, force: true }));
  }

  /** Makes an empty folder for the data of a server. */
  makeDataDir(): string {
    return mkdtempSync(join(this.#path, 'data-'));
  }

  /**
   * Turns the servers of `bench/servers/` into the JavaScript one would publish: stripping types at start costs a
   * server 45 ms and 17 MB, which is no fault of theirs.
   *
   * @returns the folder they are in, as `.mjs` files
   */
  buildServers(): string {
    const sources = join(root, 'bench/servers');
    const built = join(this.#path, 'servers');
    mkdirSync(built);
    for (const name of readdirSync(sources)) {
      if (name.endsWith('.d.ts')) continue;
      const code = stripTypeScriptTypes(readFileSync(join(sources, name), 'utf8'));
      const imports = /(from '\.[^']*)\.ts'/g;
      writeFileSync(join(built, `${basename(name, '.ts')}.mjs`), code.replaceAll(imports, "$1.mjs'"));
    }
    return built;
  }
}

/** Bytes of all files in a folder. */
export function diskBytes(path: string): number {
  let bytes = 0;
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}

/** A port nobody listens on at the moment. */
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
