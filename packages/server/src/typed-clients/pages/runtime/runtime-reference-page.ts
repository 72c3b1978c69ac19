import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { RUNTIME, runtimeUrls } from '../../runtime-reference/runtime-index.ts';
import { renderHtmlPage } from '../html-page.ts';
import { runtimeGroups } from './runtime-groups.ts';

/** Groups with at most this many names are unfolded. */
const MAX_OPEN = 24;

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
    aside: renderContents(current),
    main: html`<p class="crumbs"><a href="/v0.4/services">Services</a> / ${
      current === undefined ? RUNTIME : html`<a href="${runtimeUrls.overview}">${RUNTIME}</a>`
    }</p>
${main}`,
  });
}

function renderContents(current: string | undefined): Html {
  return html`<nav class="contents" aria-label="Contents of the runtime" tabindex="0">
<details>
<summary>Contents of the runtime</summary>
<ul>
<li><a href="${runtimeUrls.overview}"${current === undefined && html` aria-current="page"`}>Overview</a></li>
</ul>
${runtimeGroups.map(({ symbols, title }) => {
  const isOpen = symbols.length <= MAX_OPEN || symbols.some(({ id }) => id === current);
  return html`<details${isOpen && html` open`}>
<summary>${title} <small>${symbols.length}</small></summary>
<ul>
${symbols.map(
  ({
    id,
  }) => html`<li><a href="${runtimeUrls.symbol(id)}"${id === current && html` aria-current="page"`}>${id}</a></li>
`,
)}</ul>
</details>
`;
})}</details>
</nav>`;
}
