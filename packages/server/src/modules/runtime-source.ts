import { readFile, stat } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Made } from './making.ts';
import { javaScript, typeScript } from './media-types.ts';
import { runtimeFolders } from './package-files.ts';

/** `/v0.4/client/protocols/rest-json1.ts`: a file of the client or wire package, as modules import it. */
const PATH = /^\/v0\.4\/(client|wire)\/((?:[\w-]+\/)*[\w-]+)\.(ts|js)$/;

/** @returns undefined when there is no such file */
export async function makeRuntimeSource(path: string): Promise<Made | undefined> {
  const [, root, name, extension] = PATH.exec(path) ?? [];
  if ((root !== 'client' && root !== 'wire') || name === undefined) return undefined;
  const file = new URL(`${name}.ts`, runtimeFolders[root]);
  const [source, status] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(() => []);
  if (source === undefined || status === undefined) return undefined;
  const up = '../'.repeat(name.split('/').length);
  const linked = linkPackages(source, up);
  const isScript = extension === 'js';
  return {
    status: 200,
    contentType: isScript ? javaScript : typeScript,
    body: isScript ? toJavaScript(linked) : linked,
    headers: isScript ? { 'x-typescript-types': `${path.slice(0, -3)}.ts` } : {},
    sources: [{ path: fileURLToPath(file), mtimeMs: status.mtimeMs }],
  };
}

/** Packages import each other by name; at their URLs they lie side by side. */
function linkPackages(source: string, up: string): string {
  return source
    .replaceAll(/'@latchkey\/(wire|client)'/g, (_, name: string) => `'${up}${name}/mod.ts'`)
    .replaceAll(
      /'@latchkey\/(wire|client)\/([\w/-]+)'/g,
      (_, name: string, file: string) => `'${up}${name}/${file}.ts'`,
    );
}

function toJavaScript(source: string): string {
  return stripTypeScriptTypes(source)
    .replaceAll(/(\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)'(\.[^']*)\.ts'/g, "$1'$2.js'")
    .replaceAll(/[ \t]+$/gm, '');
}
