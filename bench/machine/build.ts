import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, join } from 'node:path';
import { root } from './workspace.ts';

// All servers are measured as JavaScript, as they would be published: stripping types costs a process some 45 ms and 17 MB
// at its start.

/**
 * Builds Latchkey as it is published, and installs it.
 *
 * @param folder - below the repository's `node_modules`
 * @returns path of the command-line program
 */
export function installLatchkey(folder: string): string {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts')], {
    stdio: ['ignore', 2, 2],
    env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}` },
  });
  const installed = join(folder, 'node_modules/latchkey');
  cpSync(join(root, 'dist/server'), installed, { recursive: true });
  const manifest: { readonly bin: { readonly latchkey: string } } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  return join(installed, manifest.bin.latchkey);
}

/**
 * Strips the types from the servers in `bench/servers/`.
 *
 * @param folder - below the repository's `node_modules`
 * @returns the folder they are in, as `.mjs` files
 */
export function buildServers(folder: string): string {
  const sources = join(root, 'bench/servers');
  const built = join(folder, 'servers');
  mkdirSync(built);
  for (const name of readdirSync(sources)) {
    if (name.endsWith('.d.ts')) continue;
    const code = stripTypeScriptTypes(readFileSync(join(sources, name), 'utf8'));
    const imports = /(from '\.[^']*)\.ts'/g;
    writeFileSync(join(built, `${basename(name, '.ts')}.mjs`), code.replaceAll(imports, "$1.mjs'"));
  }
  return built;
}
