import type { ErrorFacts, OperationError } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { renderFacts } from './facts.ts';
import { renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** The errors of an operation, each with its HTTP status, its fault and whether it is retryable. */
export function renderErrors(errors: readonly OperationError[], docs: ServiceDocs): Html {
  return html`<dl class="errors">${errors.map(
    (error) => html`<div>
<dt><a href="${docs.urls.symbol(error.symbol)}"><code>${error.symbol}</code></a></dt>
<dd>${renderSummary(error.summary, docs)}
<small>HTTP ${error.status}, the fault of ${faultOf(error)}${error.retryable && html`; retryable: ${retryOf(error.retryable)}`}</small></dd>
</div>
`,
  )}</dl>`;
}

/** The name, HTTP status and fault of an error, and whether it is retryable. */
export function renderErrorFacts(error: ErrorFacts): Html {
  const { code, name, retryable, status } = error;
  return renderFacts([
    ['Name', html`<code>${name}</code>. Tells this error from others, as <code>instanceof</code> does.`],
    ['HTTP status', html`${status}`],
    ['Fault of', html`${faultOf(error)}`],
    ['Retryable', html`${retryable ? retryOf(retryable) : 'not according to the model'}`],
    ...(code === undefined || code === name ? [] : [['Code', html`<code>${code}</code>`] as const]),
  ]);
}

function faultOf({ fault }: ErrorFacts): string {
  return fault === 'client' ? 'the caller' : 'the service';
}

function retryOf({ throttling }: NonNullable<ErrorFacts['retryable']>): string {
  return throttling ? 'yes, but more slowly' : 'yes';
}
