import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { type Entry, type Found, search, wordsOf } from '../../reference/search.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { kindNames } from './symbol-groups.ts';

/** The search results: symbols and members of a service's reference that have all words of the query. */
export function renderSearchPage(query: string, docs: ServiceDocs): Promise<Rendered> {
  const { urls, reference } = docs;
  const found = search(docs.index, query);
  return renderReferencePage(
    {
      title: `“${query}”`,
      query,
      main: html`<h1>“${query}” in ${reference.client.name}</h1>
<p role="status">${countOf(found)}</p>
${
  found.total === 0
    ? html`<p><a href="${urls.overview}">All symbols</a></p>`
    : html`<ol class="results">${found.entries.map((entry) => renderEntry(entry, wordsOf(query), docs))}</ol>`
}`,
    },
    docs,
  );
}

function countOf({ entries, total }: Found): string {
  if (total === 0) return 'Nothing found: no name or documentation has all of these words.';
  const results = total === 1 ? 'One result' : `${total} results`;
  return total > entries.length ? `${results}, of which these are the first ${entries.length}` : results;
}

function renderEntry(entry: Entry, words: readonly string[], { urls }: ServiceDocs): Html {
  const { kind, member, name, symbol } = entry;
  const href = member === undefined ? urls.symbol(symbol) : urls.member(symbol, member);
  const label = kind in kindNames ? kindNames[kind as keyof typeof kindNames].toLowerCase() : kind;
  return html`<li><a href="${href}"><code>${highlight(name, words)}</code></a> <small>${label}</small>
<p>${highlight(contextOf(entry.text, words), words)}</p></li>
`;
}

/** Characters shown before the first word found. */
const BEFORE = 60;
/** Characters shown in all. */
const CONTEXT = 200;

/** @returns the text around the first of the words */
function contextOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((index) => index >= 0));
  const start = Number.isFinite(first) && first > BEFORE ? text.lastIndexOf(' ', first - BEFORE) + 1 : 0;
  const part = text.slice(start, start + CONTEXT);
  return `${start > 0 ? '… ' : ''}${part}${start + CONTEXT < text.length ? ' …' : ''}`;
}

function highlight(text: string, words: readonly string[]): readonly Html[] {
  const pattern = new RegExp(`(${words.map(escapePattern).join('|')})`, 'i');
  return text
    .split(pattern)
    .map((part, index) => (index % 2 === 1 ? html`<mark>${part}</mark>` : html`${part}`));
}

function escapePattern(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
