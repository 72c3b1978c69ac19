import { html } from 'hono/html';
import type { Html } from '../../web/html.ts';
import type { PathParameters } from '../module-url.ts';
import type { RenderContext } from '../render-context.ts';
import type { Rendered, RenderRequest } from '../render-messages.ts';
import { renderJson } from '../rendered-answers.ts';
import { RUNTIME } from '../runtime-reference/runtime-name.ts';
import { describeResult, resultName, resultUrl } from '../search/describe-result.ts';
import { type SearchResult, search } from '../search/search.ts';
import type { FoundEntry } from '../search/search-index.ts';
import { parseSearchQuery, type SearchQuery } from '../search/search-query.ts';
import { renderHtmlPage } from './html-page.ts';

const MAX_RESULTS = 50;

interface Answer {
  readonly typed: string;
  readonly query: SearchQuery;
  readonly result: SearchResult;
  /** Services that are in the index, and services that there are; the runtime counts as one. */
  readonly indexed: number;
  readonly services: number;
}

/** The page of a search of all services: `/v0.4/search?q=put+item`. */
export async function renderSearchPage(
  request: RenderRequest,
  _parameters: PathParameters,
  context: RenderContext,
): Promise<Rendered> {
  const answer = await answerSearch(request, context);
  const { typed } = answer;
  const rendered = await renderHtmlPage({
    title: typed === '' ? 'Search' : `“${typed}”`,
    query: typed,
    main: html`<h1>${typed === '' ? 'Search' : html`“${typed}”`}</h1>
${typed === '' ? renderHelp() : renderResults(answer)}
${answer.indexed < answer.services && renderUnfinished(answer)}
<label class="keys" hidden><input type="checkbox" id="search-keys"> Use single keys: S and / lead to the search box, ? lists all</label>`,
  });
  return { ...rendered, isTransient: true };
}

/** The same as JSON: `/v0.4/search.json?q=put+item&limit=8`. */
export async function renderSearchJson(
  request: RenderRequest,
  _parameters: PathParameters,
  context: RenderContext,
): Promise<Rendered> {
  const { query, result, indexed, services } = await answerSearch(request, context);
  const { entries, insteadOf, more } = result;
  const body = {
    results: entries.map(describeResult),
    more,
    ...(insteadOf !== undefined && { insteadOf }),
    problems: query.problems,
    indexed,
    services,
  };
  return { ...renderJson(body), isTransient: true };
}

async function answerSearch(
  { query: parameters }: RenderRequest,
  { library, searchFile }: RenderContext,
): Promise<Answer> {
  const { limit, typed } = readSearchParameters(parameters);
  const index = searchFile.open();
  const query = parseSearchQuery(typed);
  const services = await library.services();
  const found = typed === '' ? { entries: [], more: false } : search(index, query, limit);
  return {
    typed,
    query,
    result: found,
    indexed: index.sources().size,
    services: services.size + (services.has(RUNTIME) ? 0 : 1),
  };
}

function readSearchParameters(query: string): { readonly typed: string; readonly limit: number } {
  const parameters = new URLSearchParams(query);
  const limit = Number(parameters.get('limit') ?? MAX_RESULTS);
  return {
    typed: (parameters.get('q') ?? '').trim().slice(0, 200),
    limit: Number.isInteger(limit) && limit >= 1 && limit <= MAX_RESULTS ? limit : MAX_RESULTS,
  };
}

function renderHelp(): Html {
  const examples = [
    'PutItem',
    'sso login',
    'object storage',
    'aws s3api put-object',
    'type:error throttling',
    'in:ssooidc token',
    'RoleArn -> Credentials',
    '-> Bucket',
  ];
  return html`<p>Type the name of a service, an operation, a type, an error or a property, or what it is for. <code>type:</code> chooses a kind, <code>in:</code> a service. An arrow finds operations by what goes in and what comes out: names of members or types, several with commas, or one side alone. Examples:</p>
<ul class="names">${examples.map(
    (example) => html`<li><a href="${searchUrl(example)}">${example}</a></li>
`,
  )}</ul>`;
}

const filters = [
  ['service', 'Services'],
  ['operation', 'Operations'],
  ['function', 'Functions'],
  ['type', 'Types'],
  ['error', 'Errors'],
  ['property', 'Properties'],
  ['value', 'Values'],
] as const;

function renderResults({ query, result, typed }: Answer): Html {
  const { entries, insteadOf, more } = result;
  const plain = typed.replaceAll(/(?:^|\s)(?:type|kind|is):\S*/gi, '').trim();
  const chosen = /(?:^|\s)(?:type|kind|is):(\S+)/i.exec(typed)?.[1]?.toLowerCase();
  return html`<nav class="filters" aria-label="Kinds of results">
<a href="${searchUrl(plain)}"${chosen === undefined && html` aria-current="page"`}>All</a>
${filters.map(
  ([filter, title]) =>
    html`<a href="${searchUrl(`type:${filter} ${plain}`)}"${chosen === filter && html` aria-current="page"`}>${title}</a>
`,
)}</nav>
${query.problems.map((problem) => html`<p class="caution" role="note">${problem}</p>`)}
<p role="status">${statusOf(result)}</p>
${
  entries.length > 0 &&
  html`<ol class="results">${entries.map((entry) => renderResult(entry, insteadOf?.words ?? query.words))}</ol>`
}
${more && html`<p class="aside">There are more: add a word, or choose a kind.</p>`}`;
}

function statusOf({ entries, insteadOf, more }: SearchResult): Html {
  const count = entries.length === 1 ? 'One result' : `${more ? 'The first ' : ''}${entries.length} results`;
  if (entries.length === 0) {
    return html`Nothing found. Try fewer words, or look through <a href="/v0.4/services">all services</a>.`;
  }
  if (insteadOf === undefined) return html`${count}`;
  return html`Nothing has “${insteadOf.typed.join(' ')}”. ${count} for “${insteadOf.words.join(' ')}”`;
}

function renderResult(entry: FoundEntry, words: readonly string[]): Html {
  const { kind, service, summary } = entry;
  return html`<li><a href="${resultUrl(entry)}"><code>${highlight(resultName(entry), words)}</code></a>
<small>${kind}${kind === 'service' ? '' : ' of'} <a href="/v0.4/docs/${service.moduleName}">${service.title}</a></small>
<p>${summary}</p></li>
`;
}

function highlight(text: string, words: readonly string[]): readonly Html[] {
  // Words of a query are letters and digits, so none has a meaning of its own in the expression.
  const pattern = new RegExp(`(${words.join('|')})`, 'i');
  return text
    .split(pattern)
    .map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : html`${part}`));
}

function renderUnfinished({ indexed, services }: Answer): Html {
  return html`<p class="aside">The index is being made: it has ${indexed} of ${services} services so far.</p>`;
}

function searchUrl(query: string): string {
  return `/v0.4/search?${new URLSearchParams({ q: query })}`;
}
