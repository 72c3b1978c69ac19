import type { OperationReference, WaiterReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { heading } from './heading.ts';
import { renderDocumentation } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The waiters of an operation, with the conditions that end them. */
export function renderWaiters({ waiters }: OperationReference, docs: ServiceDocs): Html | undefined {
  if (waiters.length === 0) return undefined;
  return html`${heading('all-waiters', html`Waiters`)}
${waiters.map((waiter) => renderWaiter(waiter, docs))}`;
}

const outcomes: Readonly<Record<WaiterReference['acceptors'][number]['state'], string>> = {
  success: 'Succeeds when',
  failure: 'Fails when',
  retry: 'Keeps waiting when',
};

function renderWaiter(waiter: WaiterReference, docs: ServiceDocs): Html {
  const { acceptors, documentation, maxDelay, method, minDelay } = waiter;
  return html`<h3><a href="#${method}"><code>${method}</code></a></h3>
${renderDocumentation(documentation, docs)}
<ul class="rules">${acceptors.map(
    ({ state, words }) => html`<li>${outcomes[state]} ${words}</li>
`,
  )}
<li>Calls again after ${minDelay} seconds, then after longer delays, up to ${maxDelay} seconds</li></ul>`;
}
