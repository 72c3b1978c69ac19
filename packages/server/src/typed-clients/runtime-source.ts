import { readFile, stat } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PathParameters } from './module-url.ts';
import { runtimeFolders } from './package-files.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { javaScript, typeScript } from './rendered-answers.ts';

/**
 * `/v0.4/client/protocols/rest-json1.ts`: a source file of the client or wire package, which modules import.
 *
 * @returns undefined when there is no such file
 */
export async function renderRuntimeSource(
  _request: RenderRequest,
  { folder, name = '', extension }: PathParameters,
): Promise<Rendered | undefined> {
  if (folder !== 'client' && folder !== 'wire') return undefined;
  const file = new URL(`${name}.ts`, runtimeFolders[folder]);
  const [source, status] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(() => []);
  if (source === undefined || status === undefined) return undefined;
  const linked = linkPackages(source, '../'.repeat(name.split('/').length));
  const isScript = extension === 'js';
  return {
    status: 200,
    contentType: isScript ? javaScript : typeScript,
    body: isScript ? toJavaScript(linked) : linked,
    headers: isScript ? { 'x-typescript-types': `/v0.4/${folder}/${name}.ts` } : {},
    sources: [{ path: fileURLToPath(file), mtimeMs: status.mtimeMs }],
  };
}

/** Packages import each other by name; at their URLs their folders stand side by side. */
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
