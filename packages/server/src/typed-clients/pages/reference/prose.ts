import {
  type Described,
  type Documentation,
  type Inline,
  renderHtml,
  renderInlineHtml,
} from '@latchkey/codegen';
import { html, raw } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The documentation of a symbol or member, as in the model. */
export function renderDocumentation(documentation: Documentation, { urls }: ServiceDocs): Html | undefined {
  if (documentation.length === 0) return undefined;
  return html`<div class="prose">${raw(renderHtml(documentation, urls.resolve))}</div>`;
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
