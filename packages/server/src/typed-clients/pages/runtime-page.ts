import { html } from 'hono/html';
import type { PathParameters } from '../module-url.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { redirect } from '../rendered-answers.ts';
import { urlOfRuntimeName } from '../runtime-reference/runtime-index.ts';
import { renderRuntimeSource } from '../runtime-source.ts';
import { findSymbolUrl } from '../source-lines.ts';
import { renderHtmlPage } from './html-page.ts';
import { linesOf, renderSource } from './source.ts';

/** The page of a source file of the runtime. */
export async function renderRuntimePage(
  request: RenderRequest,
  parameters: PathParameters,
): Promise<Rendered | undefined> {
  const source = await renderRuntimeSource(request, parameters);
  if (source === undefined) return undefined;
  const lines = linesOf(source.body);
  const query = new URLSearchParams(request.query);
  const ofSymbol = findSymbolUrl(query, lines, request.path);
  if (ofSymbol !== undefined) return redirect(ofSymbol);
  const name = request.path.replace('/v0.4/', '');
  return renderHtmlPage(
    {
      title: name,
      main: html`<p class="crumbs"><a href="/v0.4/docs">Services</a> / ${name}</p>
<h1>${name}</h1>
<p class="lead">Part of the runtime, which the modules of all services import.</p>
<h2 id="source">Source</h2>
${renderSource({ lines, pageOf: urlOfRuntimeName, parameters: query, url: request.path })}`,
    },
    source.sources,
  );
}
