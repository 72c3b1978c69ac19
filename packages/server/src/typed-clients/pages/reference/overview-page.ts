import type { ServiceReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderImportLine } from './code.ts';
import { type Fact, renderFacts } from './facts.ts';
import { heading } from './heading.ts';
import { ListRoom, renderListing } from './listing.ts';
import { listingsOf } from './listings.ts';
import { renderFolded, renderNotes } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Bytes of all lists together. What is beyond them has pages of its own. */
const LISTS = 80_000;

/** The overview of a service: its facts, and everything that its module exports. */
export function renderOverviewPage(docs: ServiceDocs): Promise<Rendered> {
  const { urls, reference } = docs;
  const { client, title } = reference;
  const room = new ListRoom(LISTS);
  return renderReferencePage(
    {
      title: urls.name,
      main: html`<p class="kind">Service</p>
<h1>${title}</h1>
${renderNotes(reference, { isLead: true })}
${renderImportLine(client, docs)}
<p><a href="${urls.module}">The module: its options and its source</a></p>
${renderFolded(reference, docs)}
${heading('the-service', html`The service`)}
${renderServiceFacts(reference, docs)}
${listingsOf(docs).map((listing) => renderListing(listing, room, docs))}`,
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
        html`<code>${url.replace(/\/$/, '')}</code> <span class="whole">in ${region}</span>`,
      ],
    ),
    ['SDK id', html`${sdkId}`],
    ['Model', html`<code>${shapeId}</code>`],
  ]);
}
