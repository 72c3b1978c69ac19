import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { renderHtmlPage } from '../html-page.ts';
import { renderOnThisPage } from './on-this-page.ts';
import { renderServiceContents } from './service-contents.ts';
import type { ServiceDocs } from './service-docs.ts';

interface DocsPage {
  readonly title: string;
  /** The symbol or method that the page is about. */
  readonly current?: string;
  /** What the page is about, in a sentence. */
  readonly description?: string;
  readonly main: Html;
}

/** Renders a page of a service's reference: the parts that all of them share, around `main`. */
export function renderReferencePage(
  { title, current, description, main }: DocsPage,
  docs: ServiceDocs,
): Promise<Rendered> {
  const { urls, sources } = docs;
  return renderHtmlPage(
    {
      title: title === urls.name ? title : `${title} · ${urls.name}`,
      description,
      isListable: true,
      aside: html`${renderServiceContents(docs, current)}
${renderOnThisPage(main)}`,
      main: html`<p class="crumbs"><a href="/v0.4/docs">Services</a> / ${
        current === undefined ? urls.name : html`<a href="${urls.overview}">${urls.name}</a>`
      }</p>
${main}`,
    },
    sources,
  );
}
