import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { runtimeUrls } from '../../runtime-reference/runtime-index.ts';
import { RUNTIME } from '../../runtime-reference/runtime-name.ts';
import { renderHtmlPage } from '../html-page.ts';
import { renderContents } from '../reference/contents.ts';
import { renderOnThisPage } from '../reference/on-this-page.ts';
import { runtimeGroups } from './runtime-groups.ts';

interface RuntimeReferencePage {
  readonly title: string;
  /** Id of the export that the page is about. */
  readonly current?: string;
  readonly description: string;
  readonly main: Html;
}

/** Renders a page of the runtime's reference: the parts that all of them share, around `main`. */
export function renderRuntimeReferencePage({
  current,
  description,
  main,
  title,
}: RuntimeReferencePage): Promise<Rendered> {
  return renderHtmlPage({
    title: current === undefined ? title : `${title} · ${RUNTIME}`,
    description,
    isListable: true,
    aside: html`${renderContents({
      of: 'the runtime',
      overview: runtimeUrls.overview,
      groups: runtimeGroups.map(({ id, symbols, title }) => ({
        id,
        title,
        names: symbols.map(({ id }) => ({ name: id, label: id, href: runtimeUrls.symbol(id) })),
      })),
      current,
    })}
${renderOnThisPage(main)}`,
    main: html`<p class="crumbs"><a href="/v0.4/docs">Services</a> / ${
      current === undefined ? RUNTIME : html`<a href="${runtimeUrls.overview}">${RUNTIME}</a>`
    }</p>
${main}`,
  });
}
