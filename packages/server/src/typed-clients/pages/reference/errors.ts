import type { ErrorFacts, OperationError } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import { adviceOn } from './error-advice.ts';
import { renderFacts } from './facts.ts';
import { renderSummary } from './prose.ts';
import type { ServiceDocs } from './service-docs.ts';

/** Errors, each with its HTTP status, its fault, and what to do about it. */
export function renderErrors(errors: readonly OperationError[], docs: ServiceDocs): Html {
  return html`<dl class="errors">${errors.map(
    (error) => html`<div>
<dt><a href="${docs.urls.symbol(error.symbol)}"><code>${error.symbol}</code></a></dt>
<dd>${renderSummary(error.summary, docs)}
<small>HTTP ${error.status}, the fault of ${faultOf(error)}. ${adviceOn(error)}</small></dd>
</div>
`,
  )}</dl>`;
}

/** The errors of which only the symbols are known. */
export function renderErrorsOf(symbols: readonly string[], docs: ServiceDocs): Html {
  const errors = symbols.flatMap((name): readonly OperationError[] => {
    const symbol = docs.index.findSymbol(name);
    const error = symbol?.kind === 'error class' ? symbol.error : undefined;
    return symbol === undefined || error === undefined
      ? []
      : [{ ...error, symbol: name, summary: symbol.summary }];
  });
  return renderErrors(errors, docs);
}

/** The name, HTTP status and fault of an error, whether the client retries it, and what to do about it. */
export function renderErrorFacts(error: ErrorFacts): Html {
  const { code, name, retried, status } = error;
  return renderFacts([
    ['What to do', html`${adviceOn(error)}`],
    ['Name', html`<code>${name}</code>. Tells this error from others, as <code>instanceof</code> does.`],
    ['HTTP status', html`${status}`],
    ['Fault of', html`${faultOf(error)}`],
    [
      'Retried',
      html`${retried === undefined ? 'no' : 'yes, by the client itself: three tries in all unless its options say otherwise'}`,
    ],
    ...(code === undefined || code === name ? [] : [['Code', html`<code>${code}</code>`] as const]),
  ]);
}

function faultOf({ fault }: ErrorFacts): string {
  return fault === 'client' ? 'the caller' : 'the service';
}
