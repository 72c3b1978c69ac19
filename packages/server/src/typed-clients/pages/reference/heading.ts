import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';

/** A heading with a link to itself, for whoever wants to point at it. */
export function heading(id: string, content: Html | string): Html {
  return html`<h2 id="${id}">${content}${anchor(id)}</h2>`;
}

/** The link, `#`, to a place on the page. It stays in the line of what is before it. */
export function anchor(id: string): Html {
  return html`\u00a0<a class="anchor" href="#${encodeURIComponent(id)}" aria-label="Link to ${id}">#</a>`;
}
