import {
  type Described,
  type Documentation,
  type Inline,
  renderHtml,
  renderInlineHtml,
  restOfDocumentation,
} from '@latchkey/codegen';
import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Documentation of at most this length, as JSON, is not folded: about five lines. */
const MAX_UNFOLDED = 600;

/** The documentation of a symbol or member, as in the model. */
export function renderDocumentation(documentation: Documentation, { urls }: ServiceDocs): Html | undefined {
  if (documentation.length === 0) return undefined;
  // Documentation stands at any depth of a page, so that its headings would skip levels of the page's own (WCAG 2.2, 1.3.1).
  const markup = renderHtml(documentation, urls.resolve)
    .replaceAll('<h4>', '<p class="title">')
    .replaceAll('</h4>', '</p>');
  return html`<div class="prose">${raw(markup)}</div>`;
}

/** The documentation; where it is long, the first sentence, and behind it a fold with the rest. */
export function renderFolded(described: Described, docs: ServiceDocs): Html | undefined {
  const { documentation, summary } = described;
  if (JSON.stringify(documentation).length <= MAX_UNFOLDED) return renderDocumentation(documentation, docs);
  return html`<p>${renderSummary(summary, docs)}</p>
<details class="more"><summary>More<span class="spoken"> about ${nameOf(described)}</span></summary>
${renderDocumentation(restOfDocumentation(documentation), docs)}
</details>`;
}

function nameOf({ shapeId }: Described): string {
  return shapeId.replace(/^.*[#$]/, '');
}

/** The first sentence of documentation. */
export function renderSummary(summary: readonly Inline[], { urls }: ServiceDocs): Html {
  return html`${raw(renderInlineHtml(summary, urls.resolve))}`;
}

/** Marks such as deprecated and sensitive, and links to further documentation. */
export function renderNotes(described: Described, { isLead }: { readonly isLead: boolean }): Html {
  const { deprecated, links, sensitive, unstable } = described;
  return html`${
    deprecated &&
    html`<div class="caution" role="note"><strong>Deprecated${deprecated.since && ` since ${deprecated.since}`}</strong>
${deprecated.message}</div>`
  }${
    unstable &&
    html`<div class="caution" role="note"><strong>Unstable</strong>May change without notice.</div>`
  }${isLead && sensitive && html`<p class="aside">Sensitive: keep it out of logs.</p>`}${
    links.length > 0 &&
    html`<p class="links">See also ${links.map(
      ({ href, title }, index) => html`${index > 0 && ', '}<a href="${href}" rel="noreferrer">${title}</a>`,
    )}</p>`
  }`;
}
