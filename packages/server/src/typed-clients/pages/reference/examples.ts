import type { ExampleReference, OperationReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { codeBlock } from './code.ts';
import { heading } from './heading.ts';
import { renderProgram } from './program.ts';
import { renderDocumentation } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The examples of the model, as calls in TypeScript. */
export function renderExamples(operation: OperationReference, docs: ServiceDocs): Html | undefined {
  const { examples } = operation;
  if (examples.length === 0) return undefined;
  return html`${heading('all-examples', html`Examples`)}
${examples.map((example) => renderExample(example, operation, docs))}`;
}

function renderExample(
  { call, documentation, error, output, title }: ExampleReference,
  operation: OperationReference,
  docs: ServiceDocs,
): Html {
  return html`<section class="example">
<h3>${title}</h3>
${renderDocumentation(documentation, docs)}
${renderProgram(call, operation, docs)}
${
  output !== undefined &&
  html`<p>It resolves with</p>
${codeBlock(output)}`
}
${
  error &&
  html`<p>It fails with <a href="${docs.urls.symbol(error.symbol)}"><code>${error.symbol}</code></a></p>
${codeBlock(error.members)}`
}
</section>
`;
}
