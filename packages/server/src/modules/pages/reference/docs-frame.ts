import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Made } from '../../making.ts';
import { makeHtml } from '../frame.ts';
import { renderContents } from './contents.ts';
import type { ServiceDocs } from './service-docs.ts';

interface DocsPage {
  readonly title: string;
  /** The symbol or method that the page is of. */
  readonly current?: string;
  /** What is searched for. */
  readonly query?: string;
  readonly main: Html;
}

/** A page of a service's reference: what all of them have, and what is on this one. */
export function makeDocsPage({ title, current, query, main }: DocsPage, docs: ServiceDocs): Promise<Made> {
  const { addresses, reference, sources } = docs;
  return makeHtml(
    {
      title: title === addresses.name ? title : `${title} · ${addresses.name}`,
      aside: renderContents(docs, current),
      main: html`<form class="search" role="search" action="${addresses.overview}">
<label class="spoken" for="search-query">Search the reference of ${reference.client.name}</label>
<input id="search-query" name="q" type="search" value="${query}" placeholder="Search ${reference.client.name}" maxlength="200">
<button>Search</button>
</form>
<p class="crumbs"><a href="/v0.4/services">Services</a> / ${
        current === undefined && query === undefined
          ? addresses.name
          : html`<a href="${addresses.overview}">${addresses.name}</a>`
      }</p>
${main}`,
    },
    sources,
  );
}
