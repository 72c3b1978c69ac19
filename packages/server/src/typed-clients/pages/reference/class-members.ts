import type { ClientSymbol, OperationReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderCode, renderSourceLink } from './code.ts';
import { anchor, heading } from './heading.ts';
import { ListRoom, renderListing } from './listing.ts';
import { operationsOf } from './listings.ts';
import { renderDocumentation, renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Bytes of all methods together. Where they need more, their signatures are on their own pages alone. */
const METHODS = 60_000;

/** The metadata, the constructor, and the list of the methods, each of which has its own page. */
export function renderClassMembers({ members, name, operations }: ClientSymbol, docs: ServiceDocs): Html {
  const methods = html`${operations.map((operation) => renderMethods(name, operation, docs))}`;
  const hasRoom = new ListRoom(METHODS).take(methods);
  return html`${members.map(
    (member) => html`<section class="member" id="${member.name}">
<h3><span class="self">${member.name}</span> ${renderSourceLink(`${name}.${member.name}`, member.line, docs)}${anchor(member.name)}</h3>
<pre class="signature"><code>${renderCode(member.declaration, docs)}</code></pre>
${renderDocumentation(member.documentation, docs)}
</section>
`,
  )}
${
  hasRoom
    ? html`${heading('all-methods', 'Methods')}
${methods}`
    : renderListing({ ...operationsOf(docs), title: 'Methods' }, new ListRoom(METHODS), docs)
}`;
}

function renderMethods(className: string, operation: OperationReference, docs: ServiceDocs): Html {
  const { deprecated, methods, summary } = operation;
  return html`${methods.map(
    ({ documentation, line, name, purpose, signature }) => html`<section class="member">
<h3><a href="${docs.urls.method(name)}">${name}</a> ${renderSourceLink(`${className}.${name}`, line, docs)}${
      deprecated && html` <span class="mark-deprecated">deprecated</span>`
    }</h3>
<pre class="signature"><code>${renderCode(signature, docs)}</code></pre>
${purpose === 'call' ? html`<p>${renderSummary(summary, docs)}</p>` : renderDocumentation(documentation, docs)}
</section>
`,
  )}`;
}
