import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { PathParameters } from '../module-url.ts';
import type { RenderContext } from '../render-context.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { redirect } from '../rendered-answers.ts';
import { runtimeUrls } from '../runtime-reference/runtime-index.ts';
import { type ServiceEntry, titleOf } from '../service-entry.ts';
import { renderHtmlPage } from './html-page.ts';

/** Lists with more services than this have letters to jump to. */
const MIN_LETTERS = 24;

/** The list of services that have a model, and the home of the reference. */
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
      description: 'A TypeScript client for each service, with its reference.',
      isListable: true,
      main: html`<h1>Typed clients</h1>
<p class="lead">A TypeScript module for each service, generated from its Smithy model, and its reference. Import the module by its
URL, or write it into a file with <code>latchkey generate</code>. What all of them run on has <a href="${runtimeUrls.overview}">a reference of its own</a>.</p>
${services.length > MIN_LETTERS ? renderByLetter(services) : renderList(services)}
<p class="aside">${services.length} services. Directories of further models are named in the configuration, under
<code>models</code>.</p>`,
    },
    await library.sources(),
  );
}

function renderByLetter(services: readonly ServiceEntry[]): Html {
  const letters = Object.entries(Object.groupBy(services, letterOf));
  return html`<nav class="letters" aria-label="Letters">${letters.map(
    ([letter]) => html`<a href="#${idOf(letter)}">${letter}</a>
`,
  )}</nav>
${letters.map(
  ([letter, ofLetter = []]) => html`<section>
<h2 id="${idOf(letter)}">${letter}</h2>
${renderList(ofLetter)}
</section>
`,
)}`;
}

/** A digit that a name begins with counts as a letter, too. */
function letterOf({ moduleName }: ServiceEntry): string {
  return moduleName.charAt(0).toUpperCase();
}

function idOf(letter: string): string {
  return `letter-${letter.toLowerCase()}`;
}

function renderList(entries: readonly ServiceEntry[]): Html {
  return html`<ul class="listing">
${entries.map(renderService)}</ul>`;
}

function renderService(entry: ServiceEntry): Html {
  const { className, files, moduleName } = entry;
  const [newest] = files;
  const operations = newest?.operations ?? 0;
  return html`<li><a href="/v0.4/docs/${moduleName}">${className}</a> <span>${titleOf(entry)}</span>
<small><a href="/v0.4/services/${moduleName}" class="module" aria-label="Module ${moduleName}.ts"><code>${moduleName}.ts</code></a> <span>${newest?.version} · ${operations === 1 ? 'one operation' : `${operations} operations`}</span></small></li>
`;
}
