import { type MethodReference, type OperationReference, textOf } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { nameHeading } from '../breakable.ts';
import { renderCode, renderSourceLink } from './code.ts';
import { renderElsewhere } from './elsewhere.ts';
import { renderErrors } from './errors.ts';
import { renderExamples } from './examples.ts';
import { heading } from './heading.ts';
import { ProseRoom, renderMembers } from './members.ts';
import { renderOperationFacts } from './operation-facts.ts';
import { renderProgram } from './program.ts';
import { renderDocumentation, renderFolded, renderNotes } from './prose.ts';
import { renderReferencePage } from './reference-page.ts';
import { renderRequest } from './request.ts';
import type { ServiceDocs } from './service-docs.ts';
import { renderWaiters } from './waiters.ts';

/** The page of an operation: a program, signature, parameters, result, errors, examples, waiters, and the request. */
export function renderOperationPage(operation: OperationReference, docs: ServiceDocs): Promise<Rendered> {
  const { urls, reference } = docs;
  const { call, errors, errorUnion, input, methods, name, output, shapeId } = operation;
  const title = methods[0]?.name ?? name;
  const room = new ProseRoom();
  room.take(operation);
  return renderReferencePage(
    {
      title,
      current: `${reference.client.name}.${title}`,
      description: `Operation. ${textOf(operation.summary)}`,
      main: html`<p class="kind">Operation of <a href="${urls.symbol(reference.client.name)}">${reference.client.name}</a></p>
${nameHeading(title)}
${renderNotes(operation, { isLead: true })}
${renderFolded(operation, docs)}
${renderProgram(call, operation, docs)}
${methods.map((method) => renderMethod(method, operation, docs))}
${renderStructure('Parameters', 'the-parameters', input, room, docs)}
${renderStructure('Result', 'the-result', output, room, docs)}
${heading('all-errors', html`Errors`)}
${errors.length === 0 ? html`<p>The model declares no errors.</p>` : renderErrors(errors, docs)}
${errors.length > 0 && html`<p><a href="${urls.symbol(errorUnion)}"><code>${errorUnion}</code></a>: the union of these.</p>`}
${renderExamples(operation, docs)}
${renderWaiters(operation, docs)}
${heading('on-the-wire', html`On the wire`)}
${renderOperationFacts(operation, reference)}
${renderRequest(operation, reference)}
<p><a href="${urls.wire(title)}">Every member of request, answer and errors</a></p>
${renderElsewhere(operation, reference)}
<p class="aside">In the model, API version ${reference.version}: <code>${shapeId}</code></p>`,
    },
    docs,
  );
}

const titles: Readonly<Record<MethodReference['purpose'], string>> = {
  call: 'Signature',
  pages: 'Paginator',
  wait: 'Waiter',
};

function renderMethod(method: MethodReference, operation: OperationReference, docs: ServiceDocs): Html {
  const { documentation, line, name, purpose, signature } = method;
  return html`<section id="${name}">
<h2>${titles[purpose]} ${renderSourceLink(`${docs.reference.client.name}.${name}`, line, docs)}</h2>
${renderDocumentation(documentation, docs)}
<pre class="declaration"><code>${renderCode(signature, docs)}</code></pre>
${purpose === 'call' && renderOthers(operation)}
</section>
`;
}

/** Links to the paginator and the waiters, which follow on the page. */
function renderOthers({ methods }: OperationReference): Html | undefined {
  const links = (purpose: MethodReference['purpose']) =>
    methods
      .filter((method) => method.purpose === purpose)
      .map(
        ({ name }, index) =>
          html`${index > 0 && ', '}<a href="#${encodeURIComponent(name)}"><code>${name}</code></a>`,
      );
  const [pages, waits] = [links('pages'), links('wait')];
  if (pages.length + waits.length === 0) return undefined;
  return html`<p class="links">${pages.length > 0 && html`Paginated by ${pages}. `}${waits.length > 0 && html`Waited for by ${waits}.`}</p>`;
}

/** The properties of a structure, whose own page has all of their documentation. */
function renderStructure(
  title: string,
  id: string,
  name: string | undefined,
  room: ProseRoom,
  docs: ServiceDocs,
): Html {
  const symbol = name === undefined ? undefined : docs.index.findSymbol(name);
  if (symbol === undefined || !('properties' in symbol)) {
    return html`${heading(id, html`${title}`)}
<p>${id === 'the-result' ? 'Nothing: the promise resolves when the service has answered.' : 'None.'}</p>`;
  }
  return html`${heading(id, html`${title}: <a href="${docs.urls.symbol(symbol.name)}"><code>${symbol.name}</code></a>`)}
${symbol.properties.length === 0 ? html`<p>It has no properties.</p>` : renderMembers(symbol, room, docs)}`;
}
