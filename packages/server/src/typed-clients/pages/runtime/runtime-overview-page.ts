import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { summaryOf } from '../../runtime-reference/describe-comment.ts';
import { runtimeUrls } from '../../runtime-reference/runtime-index.ts';
import type { RuntimeSymbol } from '../../runtime-reference/runtime-symbol.ts';
import { codeBlock } from '../reference/code.ts';
import { heading } from '../reference/heading.ts';
import { renderInline } from './runtime-comment.ts';
import { runtimeGroups, runtimeKindNames } from './runtime-groups.ts';
import { renderRuntimeReferencePage } from './runtime-reference-page.ts';

/** The overview of the runtime: how to begin, and all that its files export. */
export function renderRuntimeOverviewPage(baseUrl: string): Promise<Rendered> {
  const lead = 'What the modules of all services run on: calls, credentials, endpoints, retries, errors.';
  return renderRuntimeReferencePage({
    title: 'Runtime',
    description: lead,
    main: html`<p class="kind">Runtime</p>
<h1>The runtime of typed clients</h1>
<p class="lead">${lead}</p>
${codeBlock(`import { ApiFactory } from "${baseUrl}/v0.4/client/mod.ts";`, { class: 'import' })}
<p>An ${link('ApiFactory')} makes the clients of services. ${link('ApiFactoryOptions')} has its settings,
${link('CallOptions')} those of one call. A call fails with a ${link('ServiceError')} that the service answered with, or with a
${link('ClientError')}.</p>
${runtimeGroups.map(
  ({ id, symbols, title }) => html`${heading(id, title)}
<dl class="brief">${symbols.map(renderSymbol)}</dl>
`,
)}`,
  });
}

function link(id: string): Html {
  return html`<a href="${runtimeUrls.symbol(id)}"><code>${id}</code></a>`;
}

function renderSymbol({ comment, id, kind }: RuntimeSymbol): Html {
  const summary = summaryOf(comment);
  return html`<div>
<dt>${link(id)}${comment.deprecated !== undefined && html` <span class="mark-deprecated">deprecated</span>`}</dt>
<dd>${summary.length === 0 ? runtimeKindNames[kind] : renderInline(summary)}</dd>
</div>
`;
}
