import { html, raw } from 'hono/html';
import type { Html } from '../../web/html.ts';
import { urlOfRuntimeName } from '../runtime-reference/runtime-index.ts';
import {
  type LineRange,
  listImports,
  listSymbols,
  partsOf,
  readLineRange,
  type SourceSymbol,
  urlOfLine,
  urlOfPart,
} from '../source-lines.ts';
import { highlightLines } from './highlight.ts';

interface Source {
  readonly lines: readonly string[];
  /** Path and query of the file, as programs import it; its page shows the first lines. */
  readonly url: string;
  /** The query of the request. */
  readonly parameters: URLSearchParams;
  /** The page of the reference about an export of the file, if it has one. */
  readonly pageOf: (name: string) => string | undefined;
}

export function linesOf(source: string): readonly string[] {
  return source.trimEnd().split('\n');
}

/**
 * Source code with a link target for each line, e.g. `#L12`: the lines that the request asks for, a list of the symbols in
 * them, and the ways to the others. The names of exports, and of what is imported from the runtime, lead to their reference.
 *
 * @throws {HttpProblem} when there are no such lines
 */
export function renderSource({ lines, pageOf, parameters, url }: Source): Html {
  const range = readLineRange(parameters, lines.length);
  const symbols = listSymbols(lines);
  const pages = new Map([
    ...Array.from(listImports(lines), (name) => [name, urlOfRuntimeName(name)] as const),
    ...symbols.map(({ name }) => [name, pageOf(name)] as const),
  ]);
  return html`${renderSourceNav(range, symbols, lines.length, url)}
<pre class="source" tabindex="0" aria-label="Source, lines ${range.from} to ${range.to}">${highlightRange(
    lines,
    range,
  ).map((line, index) => {
    const number = range.from + index;
    return html`<span id="L${number}"><a href="#L${number}" tabindex="-1">${number}</a>${linkNames(line, pages)}</span>`;
  })}</pre>
${renderNeighbours(range, lines.length, url)}`;
}

/** A comment, a string, a tag or an entity of markup; or a name, but not that of a property. */
const WORD =
  /(<span class="c">.*|<span class="s">[^<]*|<[^>]*>|&#?\w+;)|[a-z_$][\w$]*(?!(?:<\/span>)?\??:|[\w$])/gi;

function linkNames(line: Html, pages: ReadonlyMap<string, string | undefined>): Html {
  const linked = String(line).replaceAll(WORD, (word, markup?: string) => {
    const page = markup === undefined ? pages.get(word) : undefined;
    return page === undefined ? word : `<a href="${page}">${word}</a>`;
  });
  return raw(linked) as Html;
}

/** Colours from the declaration or comment that the first line is in, which may be a part of it. */
function highlightRange(lines: readonly string[], { from, to }: LineRange): readonly Html[] {
  let start = from - 1;
  while (start > 0 && !/^(?:[a-z]|\/\*)/.test(lines[start] ?? '')) start -= 1;
  return highlightLines(lines.slice(start, to).join('\n')).slice(from - 1 - start);
}

function renderSourceNav(
  { from, to }: LineRange,
  symbols: readonly SourceSymbol[],
  count: number,
  url: string,
): Html {
  const shown = symbols.filter(({ line }) => line >= from && line <= to);
  const isWhole = from === 1 && to === count;
  return html`<nav class="source-nav" aria-label="Places in the source">
<p>${isWhole ? `${count} lines` : `Lines ${from} to ${to} of ${count}`} · <a href="${url}${url.includes('?') ? '&' : '?'}raw">Raw</a></p>
${!isWhole && symbols.length > 0 && renderSymbolForm(url)}
${!isWhole && renderParts(symbols, count, url)}
${shown.length > 0 && renderSymbols(shown, isWhole, url)}
</nav>`;
}

/** Asks for a symbol by its name. */
function renderSymbolForm(url: string): Html {
  const [path = '', query] = url.split('?');
  return html`<form class="find-symbol" action="${path}">
${Array.from(
  new URLSearchParams(query),
  ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
)}
<label for="symbol">Symbol</label>
<input id="symbol" name="symbol" maxlength="200" autocomplete="off" spellcheck="false">
<button>Show</button>
</form>`;
}

/** All parts, each with the first symbol in it. */
function renderParts(symbols: readonly SourceSymbol[], count: number, url: string): Html {
  const parts = partsOf(count);
  return html`<details>
<summary>All ${parts.length} parts</summary>
<ul class="names">${parts.map(({ from, to }) => {
    const first = symbols.find(({ line }) => line >= from && line <= to);
    return html`<li><a href="${urlOfPart(url, from)}#source">${from} to ${to}</a>${first && html` <small>from <code>${first.name}</code></small>`}</li>
`;
  })}</ul>
</details>`;
}

function renderSymbols(symbols: readonly SourceSymbol[], isWhole: boolean, url: string): Html {
  const count = symbols.length === 1 ? 'One symbol' : `${symbols.length} symbols`;
  return html`<details>
<summary>${count}${!isWhole && ' in these lines'}</summary>
<ul class="symbols">${symbols.map(
    ({ line, name }) => html`<li><a href="${urlOfLine(url, line)}"><code>${name}</code></a></li>
`,
  )}</ul>
</details>`;
}

function renderNeighbours({ from, to }: LineRange, count: number, url: string): Html | undefined {
  if (from === 1 && to === count) return undefined;
  return html`<nav class="source-nav" aria-label="Neighbouring lines">
<p>${from > 1 && html`<a href="${urlOfPart(url, from - 1)}#source" rel="prev">Lines before</a> `}${
    to < count && html`<a href="${urlOfPart(url, to + 1)}#source" rel="next">Lines after</a>`
  }</p>
</nav>`;
}
