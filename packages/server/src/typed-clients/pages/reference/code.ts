import type { CodeToken, ReferenceSymbol } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { runtimeUrls } from '../../runtime-reference/runtime-index.ts';
import { highlight } from '../highlight.ts';
import type { ServiceDocs } from './service-docs.ts';

/** TypeScript in which the service's symbols link to their pages, and the runtime's to theirs. */
export function renderCode(tokens: readonly CodeToken[], docs: ServiceDocs): readonly Html[] {
  return tokens.map((token) => {
    const address = addressOf(token, docs);
    return address === undefined ? highlight(token.text) : html`<a href="${address}">${token.text}</a>`;
  });
}

function addressOf({ runtime, symbol }: CodeToken, docs: ServiceDocs): string | undefined {
  if (symbol !== undefined) return docs.urls.symbol(symbol);
  return runtime === undefined ? undefined : runtimeUrls.symbol(runtime);
}

/** A program, or a value, in TypeScript. */
export function codeBlock(code: string, { class: name = 'declaration' } = {}): Html {
  return html`<pre class="${name}"><code>${highlight(code)}</code></pre>`;
}

/** The statement that imports a symbol: classes as values, everything else as types alone. */
export function renderImportLine({ kind, name }: ReferenceSymbol, { urls }: ServiceDocs): Html {
  const isValue = kind === 'class' || kind === 'error class';
  return codeBlock(`import ${isValue ? '' : 'type '}{ ${name} } from "${urls.moduleUrl}";`, {
    class: 'import',
  });
}

/** A link to a line of the served module. */
export function renderSourceLink(what: string, line: number, { urls }: ServiceDocs): Html {
  return html`<a class="src" href="${urls.source(line)}">[src]<span class="spoken"> of ${what}</span></a>`;
}
