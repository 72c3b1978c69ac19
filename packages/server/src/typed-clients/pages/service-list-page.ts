import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { PathParameters } from '../module-url.ts';
import type { RenderContext } from '../render-context.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { redirect } from '../rendered-answers.ts';
import { type ServiceEntry, titleOf } from '../service-entry.ts';
import { renderHtmlPage } from './html-page.ts';

/** The list of services that have a model. */
export async function renderServiceListPage(
  { query }: RenderRequest,
  _parameters: PathParameters,
  { library }: RenderContext,
): Promise<Rendered> {
  const wanted = new URLSearchParams(query).get('q')?.trim() ?? '';
  if (wanted !== '') return redirect(`/v0.4/search?${new URLSearchParams({ q: `type:service ${wanted}` })}`);
  const services = [...(await library.services()).values()];
  return renderHtmlPage(
    {
      title: 'Services',
      main: html`<h1>Typed clients</h1>
<p class="lead">A TypeScript module for each service, generated from its Smithy model: import it by its URL, or write it into a
file with <code>latchkey generate</code>.</p>
${renderList(services)}
<p class="aside">${services.length} services. Directories of further models are named in the configuration, under
<code>models</code>.</p>`,
    },
    await library.sources(),
  );
}

function renderList(entries: readonly ServiceEntry[]): Html {
  return html`<ul class="listing">
${entries.map(
  (entry) =>
    html`<li><a href="/v0.4/services/${entry.moduleName}">${entry.className}<small>${titleOf(entry)}</small></a></li>
`,
)}
</ul>`;
}
