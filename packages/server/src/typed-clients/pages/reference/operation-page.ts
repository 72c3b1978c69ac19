import type { MethodReference, OperationReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderCode, renderSourceLink } from './code.ts';
import { renderErrors } from './errors.ts';
import { renderExamples } from './examples.ts';
import { renderOperationFacts } from './operation-facts.ts';
import { renderType } from './properties.ts';
import { renderDocumentation, renderNotes, renderSummary } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { renderWaiters } from './waiters.ts';

/** The page of an operation: its methods, parameters, result, errors, examples and waiters. */
export function renderOperationPage(operation: OperationReference, docs: ServiceDocs): Promise<Rendered> {
  const { urls, reference } = docs;
  const { documentation, errors, examples, input, methods, name, output, shapeId } = operation;
  const title = methods[0]?.name ?? name;
  return renderReferencePage(
    {
      title,
      current: `${reference.client.name}.${title}`,
      main: html`<p class="kind">Operation of <a href="${urls.symbol(reference.client.name)}">${reference.client.name}</a></p>
<h1>${title}</h1>
${renderNotes(operation, { isLead: true })}
<pre class="import"><code>import { ${reference.client.name} } from "${urls.moduleUrl}&actions=${name}";</code></pre>
${renderDocumentation(documentation, docs)}
${methods.map((method) => renderMethod(method, docs))}
${renderStructure('Parameters', 'the-parameters', input, docs)}
${renderStructure('Result', 'the-result', output, docs)}
<h2 id="all-errors">Errors</h2>
${errors.length === 0 ? html`<p>The model declares no errors.</p>` : renderErrors(errors, docs)}
${renderExamples(examples, docs)}
${renderWaiters(operation, docs)}
<h2 id="on-the-wire">On the wire</h2>
${renderOperationFacts(operation, reference)}
<p class="aside">In the model: <code>${shapeId}</code></p>`,
    },
    docs,
  );
}

const purposes: Readonly<Record<MethodReference['purpose'], string>> = {
  call: 'Signature',
  pages: 'Paginator',
  wait: 'Waiter',
};

function renderMethod(method: MethodReference, docs: ServiceDocs): Html {
  const { documentation, line, name, purpose, signature } = method;
  return html`<section id="${name}">
<h2>${purposes[purpose]} ${renderSourceLink(`${docs.reference.client.name}.${name}`, line, docs)}</h2>
${renderDocumentation(documentation, docs)}
<pre class="declaration"><code>${renderCode(signature, docs)}</code></pre>
</section>
`;
}

/** A list of the properties of a structure, whose own page has more. */
function renderStructure(
  title: string,
  id: string,
  name: string | undefined,
  docs: ServiceDocs,
): Html | undefined {
  const symbol = name === undefined ? undefined : docs.index.findSymbol(name);
  if (symbol === undefined || !('properties' in symbol)) return undefined;
  const { properties } = symbol;
  return html`<h2 id="${id}">${title}: <a href="${docs.urls.symbol(symbol.name)}"><code>${symbol.name}</code></a></h2>
${
  properties.length === 0
    ? html`<p>It has no properties.</p>`
    : html`<dl class="brief">${properties.map(
        (property) => html`<div>
<dt><a href="${docs.urls.member(symbol.name, property.name)}"><code>${property.name}</code></a><code>${renderType(property, symbol.kind === 'union', docs)}</code></dt>
<dd>${renderSummary(property.summary, docs)}</dd>
</div>
`,
      )}</dl>`
}`;
}
