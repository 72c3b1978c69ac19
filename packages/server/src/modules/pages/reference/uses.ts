import type { Use } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** What refers to a symbol. */
export function renderUses(uses: readonly Use[], docs: ServiceDocs): Html | undefined {
  if (uses.length === 0) return undefined;
  return html`<h2 id="used-by">Used by</h2>
<ul class="names">${uses.map(
    ({ as, member, symbol }) =>
      html`<li><a href="${docs.addresses.member(symbol, member)}"><code>${symbol}.${member}</code></a>${
        as !== 'property' && html` <small>as ${as === 'error' ? 'an error' : `its ${as}`}</small>`
      }</li>
`,
  )}</ul>`;
}
