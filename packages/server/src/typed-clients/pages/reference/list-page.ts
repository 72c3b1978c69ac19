import { html } from 'hono/html';
import type { Rendered } from '../../render-messages.ts';
import { renderListPart } from './listing.ts';
import { listingsOf } from './listings.ts';
import { renderReferencePage } from './reference-page.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The first page of a list, or another one by its number: `all-interfaces`, `all-interfaces-2`. No symbol has a hyphen. */
const LIST = /^(?<id>all-[a-z-]*[a-z])(?:-(?<part>[1-9]\d{0,3}))?$/;

/** A page with all names of one kind, with their first sentences. @returns undefined when the name is that of no such page */
export function renderListPage(name: string, docs: ServiceDocs): Promise<Rendered> | undefined {
  const { id, part = '1' } = LIST.exec(name)?.groups ?? {};
  const listing = listingsOf(docs).find((each) => each.id === id);
  const main = listing && renderListPart(listing, Number(part), docs);
  if (listing === undefined || main === undefined) return undefined;
  const title = `${listing.kind}${part === '1' ? '' : `, part ${part}`}`;
  return renderReferencePage(
    {
      title,
      current: name,
      description: `${title} of ${docs.reference.title}.`,
      main: html`<p class="kind">List</p>
<h1>${title}</h1>
${main}`,
    },
    docs,
  );
}
