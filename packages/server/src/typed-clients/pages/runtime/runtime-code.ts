import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { runtimeUrls } from '../../runtime-reference/runtime-index.ts';
import type { RuntimeToken, SourcePlace } from '../../runtime-reference/runtime-symbol.ts';
import { highlight } from '../highlight.ts';

/** TypeScript in which names of exports link to their pages, and other names of the runtime to their source. */
export function renderRuntimeCode(tokens: readonly RuntimeToken[]): readonly Html[] {
  return tokens.map((token) => {
    const address = addressOf(token);
    return address === undefined ? highlight(token.text) : html`<a href="${address}">${token.text}</a>`;
  });
}

function addressOf({ source, symbol }: RuntimeToken): string | undefined {
  if (symbol !== undefined) return runtimeUrls.symbol(symbol);
  return source && runtimeUrls.source(source);
}

export function renderRuntimeSource(what: string, place: SourcePlace): Html {
  return html`<a class="src" href="${runtimeUrls.source(place)}">[src]<span class="spoken"> of ${what}</span></a>`;
}
