import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { PathParameters } from '../module-url.ts';
import type { RenderContext } from '../render-context.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { type ServiceEntry, titleOf } from '../service-entry.ts';
import { renderHtmlPage } from './html-page.ts';

/** The list of services that have a model; with `q`, of those whose name or title has all of its words. */
export async function renderServiceListPage(
  { query }: RenderRequest,
  _parameters: PathParameters,
  { library }: RenderContext,
): Promise<Rendered> {
  const wanted = new URLSearchParams(query).get('q')?.trim() ?? '';
  const all = [...(await library.services()).values()];
  const found = all.filter((entry) => matches(entry, wanted));
  return renderHtmlPage(
    {
      title: 'Services',
      main: html`<h1>Typed clients</h1>
<p class="lead">A TypeScript module for each service, generated from its Smithy model: import it by its URL, or write it into a
file with <code>latchkey generate</code>.</p>
<form class="search" role="search" action="/v0.4/services">
<label class="spoken" for="q">Search services</label>
<input id="q" name="q" type="search" value="${wanted}" placeholder="Name or title, e.g. sso">
<button>Search</button>
</form>
${found.length === 0 ? renderNothing(wanted) : renderList(found)}
<p class="aside">${found.length} of ${all.length} services. Directories of further models are named in the configuration, under
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

function renderNothing(wanted: string): Html {
  return html`<p>No service has “${wanted}” in its name or title. <a href="/v0.4/services">Show all</a></p>`;
}

function matches(entry: ServiceEntry, wanted: string): boolean {
  const text = `${entry.moduleName} ${titleOf(entry)}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
