import type { Inline } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { heading } from './heading.ts';
import { renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Names of one kind, on the overview and on pages of their own. */
export interface Listing {
  /** HTML id of its heading on the overview, and the name of its own pages, e.g. `all-interfaces`. */
  readonly id: string;
  /** What it lists, e.g. `Interfaces`. */
  readonly kind: string;
  /** Heading on the overview. */
  readonly title: string | Html;
  readonly entries: readonly ListedName[];
}

/** A symbol, or an operation with all of its methods. */
export interface ListedName {
  readonly names: readonly { readonly name: string; readonly href: string }[];
  readonly summary: readonly Inline[];
  readonly isDeprecated: boolean;
}

/** Entries of a page of a list. */
const PART = 200;

/** Bytes that are left on a page for lists. */
export class ListRoom {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @returns whether the markup fits; it has then taken its room */
  take(markup: Html): boolean {
    const bytes = Buffer.byteLength(String(markup));
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}

/** A list with first sentences where there is room for it, else the names, else links to the pages that have it. */
export function renderListing(listing: Listing, room: ListRoom, docs: ServiceDocs): Html {
  const { entries, id, title } = listing;
  const forms = hasSentences(listing)
    ? [
        () => renderEntries(entries, docs),
        () => html`${renderNames(entries)}
<p class="aside"><a href="${docs.urls.list(id, 1)}">With first sentences</a></p>`,
      ]
    : [() => renderNames(entries)];
  for (const form of forms) {
    const markup = form();
    if (room.take(markup))
      return html`${heading(id, title)}
${markup}`;
  }
  return html`${heading(id, html`${title} <small>${entries.length}</small>`)}
${renderParts(listing, undefined, docs)}`;
}

/** A page of a list. @returns undefined where the list has no such part */
export function renderListPart(listing: Listing, part: number, docs: ServiceDocs): Html | undefined {
  const entries = listing.entries.slice((part - 1) * PART, part * PART);
  if (entries.length === 0) return undefined;
  return html`${listing.entries.length > PART && renderParts(listing, part, docs)}
${hasSentences(listing) ? renderEntries(entries, docs) : renderNames(entries)}`;
}

function hasSentences({ entries }: Listing): boolean {
  return entries.some(({ summary }) => summary.length > 0);
}

/** Links to the pages of a list, each with its first and its last name. */
function renderParts({ entries, id }: Listing, current: number | undefined, { urls }: ServiceDocs): Html {
  const parts = Array.from({ length: Math.ceil(entries.length / PART) }, (_, index) => index + 1);
  const nameAt = (index: number) => entries[Math.min(index, entries.length - 1)]?.names[0]?.name;
  return html`<ul class="names parts">${parts.map(
    (part) =>
      html`<li><a href="${urls.list(id, part)}"${part === current && html` aria-current="page"`}><code>${nameAt((part - 1) * PART)}</code> to <code>${nameAt(part * PART - 1)}</code></a></li>
`,
  )}</ul>`;
}

function renderEntries(entries: readonly ListedName[], docs: ServiceDocs): Html {
  return html`<dl class="brief">${entries.map(
    ({ isDeprecated, names, summary }) => html`<div>
<dt>${names.map(({ href, name }) => html`<a href="${href}"><code>${name}</code></a> `)}${
      isDeprecated && html`<span class="mark-deprecated">deprecated</span>`
    }</dt>
<dd>${renderSummary(summary, docs)}</dd>
</div>
`,
  )}</dl>`;
}

function renderNames(entries: readonly ListedName[]): Html {
  return html`<ul class="symbols">${entries.map(
    ({ names: [first] }) =>
      first &&
      html`<li><a href="${first.href}">${first.name}</a></li>
`,
  )}</ul>`;
}
