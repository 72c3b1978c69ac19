import type { ClientSymbol, OperationReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderCode, renderSourceLink } from './code.ts';
import { anchor, heading } from './heading.ts';
import { renderDocumentation, renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** How to construct a client, and the list of its methods, each of which has its own page. */
export function renderClassMembers({ members, name, operations }: ClientSymbol, docs: ServiceDocs): Html {
  return html`${heading('to-make-one', html`How to make one`)}
<pre class="declaration"><code>import { ApiFactory } from "${docs.urls.runtimeUrl}";

const client = new ApiFactory({ region: 'eu-west-1' }).makeNew(${name});</code></pre>
${members.map(
  (member) => html`<section class="member" id="${member.name}">
<h3><span class="self">${member.name}</span> ${renderSourceLink(`${name}.${member.name}`, member.line, docs)}${anchor(member.name)}</h3>
<pre class="signature"><code>${renderCode(member.declaration, docs)}</code></pre>
${renderDocumentation(member.documentation, docs)}
</section>
`,
)}
${heading('all-methods', html`Methods`)}
${operations.map((operation) => renderMethods(name, operation, docs))}`;
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
