import type {
  ErrorSyntax,
  EventSyntax,
  MessageSyntax,
  OperationReference,
  SyntaxLine,
} from '@latchkey/codegen';
import { html } from 'hono/html';
import type { Html } from '../../../web/html.ts';
import type { Rendered } from '../../render-messages.ts';
import { nameHeading } from '../breakable.ts';
import { heading } from './heading.ts';
import { renderReferencePage } from './reference-page.ts';
import { hostOf, signatureOf } from './request.ts';
import type { ServiceDocs } from './service-docs.ts';
import { plainLine, renderLines } from './wire-lines.ts';
import { renderPlaceholders } from './wire-placeholders.ts';

/** The page of an operation on the wire: the whole request, the whole answer and the forms of the errors. */
export async function renderWirePage(operation: OperationReference, docs: ServiceDocs): Promise<Rendered> {
  const { reference, urls } = docs;
  const { auth, hostPrefix = '', methods, name, output } = operation;
  const method = methods[0]?.name ?? name;
  const { errors, request, response } = await docs.wireOf(name);
  const host = plainLine(`host: ${hostPrefix}${hostOf(reference)}`);
  const signature = signatureOf(auth, reference).map((header) =>
    plainLine(header.replace(/ Credential=.*$/, ' …')),
  );
  return renderReferencePage(
    {
      title: `${method} on the wire`,
      current: `${reference.client.name}.${method}`,
      description: `The whole request, answer and errors of ${method}, in the protocol ${reference.protocol}.`,
      main: html`<p class="kind">Wire format of <a href="${urls.method(method)}">${reference.client.name}.${method}</a></p>
${nameHeading(`${method} on the wire`)}
<p>Everything that may be in a request of <code>${name}</code> and in its answers, in the protocol ${reference.protocol}. Each name leads
to its member. Words in <var>italics</var> stand for values; <code>…</code> says that there may be more of the same.</p>
${heading('request', 'Request')}
${renderMessage({ ...request, headers: [host, ...request.headers, ...signature] }, docs)}
${renderBucketNote(operation, docs)}
${renderEvents(request, docs)}
${heading('answer', 'Answer')}
${renderMessage(response, docs)}
${output === undefined && html`<p>The answer has no members.</p>`}
${renderEvents(response, docs)}
${heading('errors', 'Errors')}
${errors.length === 0 ? html`<p>The model declares no errors.</p>` : errors.map((each) => renderError(each, docs))}
${renderPlaceholders([request, response, ...errors.map(({ form }) => form)])}
<p class="aside">In the model, API version ${reference.version}: <code>${operation.shapeId}</code></p>`,
    },
    docs,
  );
}

function renderMessage({ body, headers, start, unlisted }: MessageSyntax, docs: ServiceDocs): Html {
  const lines: readonly SyntaxLine[] = [
    ...start,
    ...headers,
    ...(body === undefined ? [] : [plainLine(''), ...body.lines]),
  ];
  return html`${renderLines(lines, docs)}
${body?.format === 'cbor' && html`<p>The body is CBOR, shown here as JSON.</p>`}
${unlisted > 0 && html`<p>${unlisted} more members are left out here.</p>`}`;
}

/** S3 alone has a part of its paths in host names. */
function renderBucketNote({ http }: OperationReference, { reference }: ServiceDocs): Html | undefined {
  if (reference.sdkId !== 'S3' || http?.uri.startsWith('/{Bucket}') !== true) return undefined;
  return html`<p>Clients move <code>{Bucket}</code> from the path into the host, as in
<code>my-bucket.${hostOf(reference)}</code>, unless its name has a dot or another endpoint is configured.</p>`;
}

function renderEvents({ events }: MessageSyntax, docs: ServiceDocs): Html | undefined {
  if (events.length === 0) return undefined;
  return html`<p>The body is a stream of messages (<code>application/vnd.amazon.eventstream</code>), each with headers and a body
of its own:</p>
${events.map((event) => renderEvent(event, docs))}`;
}

function renderEvent({ body, headers, names }: EventSyntax, docs: ServiceDocs): Html {
  return html`<p>${names.map((name, index) => html`${index > 0 && ', '}<code>${name}</code>`)}</p>
${renderLines([...headers, ...(body === undefined ? [] : [plainLine(''), ...body.lines])], docs)}`;
}

function renderError({ errors, form }: ErrorSyntax, docs: ServiceDocs): Html {
  return html`<ul class="forms">${errors.map(({ code, name, shapeId, status }) => {
    const href = docs.urls.resolve(shapeId.replace(/^.*#/, ''));
    const shown = html`<code>${name}</code>`;
    return html`<li>${href === undefined ? shown : html`<a href="${href}">${shown}</a>`}: HTTP ${status}${
      code !== name && html`, code <code>${code}</code>`
    }</li>
`;
  })}</ul>
${renderMessage(form, docs)}`;
}
