import type { Rendered } from '../../render-messages.ts';
import { renderJson } from '../../rendered-answers.ts';
import type { ListedName } from './listing.ts';
import { listingsOf } from './listings.ts';
import type { ServiceDocs } from './service-docs.ts';

/** What is after the overview in the address of all names of a reference. */
export const NAMES = 'names.json';

/** Answers with the names of a service's module, for the filter of the contents. */
export function renderServiceNames(docs: ServiceDocs): Rendered {
  const { client } = docs.reference;
  const own: ListedName = {
    names: [{ name: client.name, href: docs.urls.symbol(client.name) }],
    summary: [],
    isDeprecated: false,
  };
  const listed = [own, ...listingsOf(docs).flatMap(({ entries }) => entries)];
  return renderNames(
    listed.flatMap(({ names }) => names),
    docs.urls.overview,
    docs.sources,
  );
}

/**
 * Answers with names as `[name, address]`, the address relative to the folder that this answer is in; the name alone where
 * both are the same.
 */
export function renderNames(
  names: readonly { readonly name: string; readonly href: string }[],
  overview: string,
  sources: Rendered['sources'] = [],
): Rendered {
  const start = `${overview}/`;
  return renderJson(
    names.map(({ href, name }) => {
      const address = href.startsWith(start) ? href.slice(start.length) : href;
      return address === name ? name : [name, address];
    }),
    sources,
  );
}
