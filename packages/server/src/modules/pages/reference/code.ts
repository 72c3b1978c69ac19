import type { CodeToken } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** TypeScript, with the symbols that it names linked to their pages, and the runtime's to their sources. */
export function renderCode(tokens: readonly CodeToken[], docs: ServiceDocs): readonly Html[] {
  return tokens.map((token) => {
    const address = addressOf(token, docs);
    return address === undefined ? html`${token.text}` : html`<a href="${address}">${token.text}</a>`;
  });
}

function addressOf({ runtime, symbol }: CodeToken, docs: ServiceDocs): string | undefined {
  if (symbol !== undefined) return docs.addresses.symbol(symbol);
  return runtime === undefined ? undefined : docs.runtime.get(runtime);
}

/** A link to a line of the served module. */
export function renderSourceLink(what: string, line: number, { addresses }: ServiceDocs): Html {
  return html`<a class="src" href="${addresses.source(line)}">[src]<span class="spoken"> of ${what}</span></a>`;
}
