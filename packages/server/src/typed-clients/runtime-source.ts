import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PathParameters } from './module-url.ts';
import { runtimeFolders } from './package-files.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { typeScript } from './rendered-answers.ts';

/**
 * `/v0.4/client/call/attempt.ts`: a source file of the client or wire package, with the types of what programs import.
 *
 * @returns undefined when there is no such file
 */
export async function renderRuntimeSource(
  _request: RenderRequest,
  { folder, name = '' }: PathParameters,
): Promise<Rendered | undefined> {
  if (folder !== 'client' && folder !== 'wire') return undefined;
  const file = new URL(`${name}.ts`, runtimeFolders[folder]);
  const [source, status] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(() => []);
  if (source === undefined || status === undefined) return undefined;
  return {
    status: 200,
    contentType: typeScript,
    body: linkPackages(source, '../'.repeat(name.split('/').length)),
    headers: {},
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
