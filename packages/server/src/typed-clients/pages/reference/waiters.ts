import type { OperationReference, WaiterReference } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderDocumentation } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** What the methods that wait wait for. */
export function renderWaiters({ waiters }: OperationReference, docs: ServiceDocs): Html | undefined {
  if (waiters.length === 0) return undefined;
  return html`<h2 id="all-waiters">What it can wait for</h2>
${waiters.map((waiter) => renderWaiter(waiter, docs))}`;
}

const outcomes: Readonly<Record<WaiterReference['acceptors'][number]['state'], string>> = {
  success: 'It has come when',
  failure: 'It will not come when',
  retry: 'It may still come when',
};

function renderWaiter(waiter: WaiterReference, docs: ServiceDocs): Html {
  const { acceptors, documentation, maxDelay, method, minDelay } = waiter;
  return html`<h3><a href="#${method}"><code>${method}</code></a></h3>
${renderDocumentation(documentation, docs)}
<ul class="rules">${acceptors.map(
    ({ state, words }) => html`<li>${outcomes[state]} ${words}</li>
`,
  )}
<li>Asks again after ${minDelay} seconds, then after more, up to ${maxDelay}</li></ul>`;
}
