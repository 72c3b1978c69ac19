import type { CodeToken } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** TypeScript, with the symbols that it names linked to their pages. */
export function renderCode(tokens: readonly CodeToken[], { addresses }: ServiceDocs): readonly Html[] {
  return tokens.map(({ symbol, text }) =>
    symbol === undefined ? html`${text}` : html`<a href="${addresses.symbol(symbol)}">${text}</a>`,
  );
}

/** A link to a line of the served module. */
export function renderSourceLink(what: string, line: number, { addresses }: ServiceDocs): Html {
  return html`<a class="src" href="${addresses.source(line)}">[src]<span class="spoken"> of ${what}</span></a>`;
}
