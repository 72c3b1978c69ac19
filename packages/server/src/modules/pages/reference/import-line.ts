import type { ReferenceSymbol } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Classes are values, all else is types alone. */
export function renderImportLine({ kind, name }: ReferenceSymbol, { addresses }: ServiceDocs): Html {
  const isValue = kind === 'class' || kind === 'error class';
  return html`<pre class="import"><code>import ${!isValue && 'type '}{ ${name} } from "${addresses.moduleUrl}";</code></pre>`;
}
