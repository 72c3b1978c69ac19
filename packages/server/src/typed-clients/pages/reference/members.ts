import type { Described, PropertyReference, StructureSymbol } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderMarks, renderRules, renderType, requiredFirst } from './properties.ts';
import { renderFolded, renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Room on one page for documentation, in characters of its JSON; the pages of the types have all. */
export class ProseRoom {
  #left = 11_000;

  /** @returns whether there is room for the documentation, which then is taken */
  take({ documentation }: Described): boolean {
    this.#left -= JSON.stringify(documentation).length;
    return this.#left >= 0;
  }
}

/** The properties of a structure on the page of an operation: type, marks, constraints, and the documentation folded. */
export function renderMembers(
  { kind, name, properties }: StructureSymbol,
  room: ProseRoom,
  docs: ServiceDocs,
): Html {
  return html`<dl class="members">${requiredFirst(properties).map(
    (property) => html`<div>
<dt><a href="${docs.urls.member(name, property.name)}"><code>${property.name}</code></a><code>${renderType(property, kind === 'union', docs)}</code> <span class="marks">${renderMarks(property, kind === 'union')}</span></dt>
<dd>${room.take(property) ? renderFolded(property, docs) : renderBrief(name, property, docs)}${renderRules(property)}</dd>
</div>
`,
  )}</dl>`;
}

function renderBrief(symbol: string, property: PropertyReference, docs: ServiceDocs): Html {
  const isWhole = property.documentation.length < 2;
  return html`<p>${renderSummary(property.summary, docs)}${!isWhole && html` <a href="${docs.urls.member(symbol, property.name)}">More<span class="spoken"> about ${property.name}</span></a>`}</p>`;
}
