import type { PathParameters } from './module-url.ts';
import type { Rendered, RenderRequest } from './render-messages.ts';
import { javaScript, redirect, typeScript } from './rendered-answers.ts';
import { loadRuntimeBundle } from './runtime-bundle.ts';
import { renderRuntimeSource } from './runtime-source.ts';

/**
 * `/v0.4/client/mod.ts`: a file of the runtime that programs and modules import. Its code is the runtime in one file, and its types
 * are the source, `/v0.4/client/mod.ts?source`. Every other file of the runtime is served as it is written.
 *
 * @returns undefined when there is no such file
 */
export async function renderRuntimeModule(
  request: RenderRequest,
  parameters: PathParameters,
): Promise<Rendered | undefined> {
  const { folder, name = '', extension } = parameters;
  const isScript = extension === 'js';
  const mayBeEntry = folder === 'client' && (isScript || !wantsSource(request));
  const bundle = mayBeEntry ? await loadRuntimeBundle() : undefined;
  if (!bundle?.entries.includes(name)) {
    return isScript ? undefined : renderRuntimeSource(request, parameters);
  }
  const types = `/v0.4/client/${name}.ts?source`;
  const file = `${'../'.repeat(name.split('/').length - 1) || './'}${bundle.name}`;
  const code = `export * from '${file}';\n`;
  return {
    status: 200,
    contentType: isScript ? javaScript : typeScript,
    body: isScript ? code : `// @ts-types="${types}"\n${code}`,
    headers: isScript ? { 'x-typescript-types': types } : {},
    sources: bundle.sources,
  };
}

/** `/v0.4/client/runtime-….js`: the runtime in one file. Another release's name leads to that of this one. */
export async function renderRuntimeFile(
  _request: RenderRequest,
  { name: wanted }: PathParameters,
): Promise<Rendered> {
  const { name, text, sources } = await loadRuntimeBundle();
  if (wanted !== name) return { ...redirect(name), sources };
  return { status: 200, contentType: javaScript, body: text, headers: {}, sources, isImmutable: true };
}

function wantsSource({ query }: RenderRequest): boolean {
  return new URLSearchParams(query).has('source');
}
