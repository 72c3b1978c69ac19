import type { OperationReference, ReferenceSymbol, ServiceReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderImportLine } from './code.ts';
import { type Fact, renderFacts } from './facts.ts';
import { heading } from './heading.ts';
import { renderDocumentation, renderNotes, renderSummary } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols, type SymbolGroup } from './symbol-groups.ts';

/** The overview of a service: its facts, and everything that its module exports. */
export function renderOverviewPage(docs: ServiceDocs): Promise<Rendered> {
  const { urls, reference } = docs;
  const { client, documentation, title } = reference;
  return renderReferencePage(
    {
      title: urls.name,
      main: html`<p class="kind">Service</p>
<h1>${title}</h1>
${renderNotes(reference, { isLead: true })}
${renderImportLine(client, docs)}
<p><a href="${urls.module}">The module: its options and its source</a></p>
${renderDocumentation(documentation, docs)}
${heading('the-service', html`The service`)}
${renderServiceFacts(reference, docs)}
${heading('all-operations', html`Operations of <a href="${urls.symbol(client.name)}"><code>${client.name}</code></a>`)}
<dl class="brief">${client.operations.map((operation) => renderOperation(operation, docs))}</dl>
${groupSymbols(reference.symbols).map((group) => renderGroup(group, docs))}`,
    },
    docs,
  );
}

function renderServiceFacts(reference: ServiceReference, { urls, versions }: ServiceDocs): Html {
  const { endpoints, protocol, sdkId, shapeId, signingName, version } = reference;
  const others = versions.filter((other) => other !== version);
  const [module = ''] = urls.name.split('@');
  return renderFacts([
    ['API version', html`${version}`],
    ...(others.length === 0
      ? []
      : [
          [
            'Other versions',
            html`${others.map((other) => html`<a href="/v0.4/docs/${module}@${other}">${other}</a> `)}`,
          ] as Fact,
        ]),
    ['Protocol', html`${protocol}`],
    ['Signing name', html`<code>${signingName}</code>`],
    ...endpoints.map(
      ({ region, url, way }): Fact => [
        `Endpoint${way === 'plain' ? '' : `, ${way}`}`,
        html`<code>${url.replace(/\/$/, '')}</code> in ${region}`,
      ],
    ),
    ['SDK id', html`${sdkId}`],
    ['Model', html`<code>${shapeId}</code>`],
  ]);
}

function renderOperation({ deprecated, methods, summary }: OperationReference, docs: ServiceDocs): Html {
  return html`<div>
<dt>${methods.map(
    ({ name }) => html`<a href="${docs.urls.method(name)}"><code>${name}</code></a> `,
  )}${renderMark(deprecated)}</dt>
<dd>${renderSummary(summary, docs)}</dd>
</div>
`;
}

function renderGroup({ id, symbols, title }: SymbolGroup, docs: ServiceDocs): Html {
  return html`${heading(id, html`${title}`)}
<dl class="brief">${symbols.map((symbol) => renderSymbol(symbol, docs))}</dl>`;
}

function renderSymbol({ deprecated, name, summary }: ReferenceSymbol, docs: ServiceDocs): Html {
  return html`<div>
<dt><a href="${docs.urls.symbol(name)}"><code>${name}</code></a> ${renderMark(deprecated)}</dt>
<dd>${renderSummary(summary, docs)}</dd>
</div>
`;
}

function renderMark(deprecated: object | undefined): Html | undefined {
  return deprecated && html`<span class="mark-deprecated">deprecated</span>`;
}
