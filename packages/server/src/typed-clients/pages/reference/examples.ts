import type { ExampleReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderDocumentation } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The examples of the model, as calls in TypeScript. */
export function renderExamples(examples: readonly ExampleReference[], docs: ServiceDocs): Html | undefined {
  if (examples.length === 0) return undefined;
  return html`<h2 id="all-examples">Examples</h2>
${examples.map((example) => renderExample(example, docs))}`;
}

function renderExample(
  { call, documentation, error, output, title }: ExampleReference,
  docs: ServiceDocs,
): Html {
  return html`<section class="example">
<h3>${title}</h3>
${renderDocumentation(documentation, docs)}
<pre class="declaration"><code>${call}</code></pre>
${
  output !== undefined &&
  html`<p>It resolves with</p>
<pre class="declaration"><code>${output}</code></pre>`
}
${
  error &&
  html`<p>It fails with <a href="${docs.urls.symbol(error.symbol)}"><code>${error.symbol}</code></a></p>
<pre class="declaration"><code>${error.members}</code></pre>`
}
</section>
`;
}
