import { bindingsOf } from '../http-binding/bindings.ts';
import { headersWriter } from '../http-binding/headers.ts';
import { reporting } from '../misfit.ts';
import { modeledErrors } from '../modeled-errors.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ErrorSchema, ServiceSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { errorContentWriter } from '../xml/render-error.ts';
import { xmlnsOf } from '../xml/write.ts';

/** Compiles the writer of a service's errors, whose members may also be in headers. */
export function errorRenderer(service: ServiceSchema): ServerProtocol['renderError'] {
  const write = errorContentWriter(service, { hasType: true, membersOf: documentOf });
  const headerWriters = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, error]) => [name, headersWriter(bindingsOf(error, 'response'), 'server')]),
  );
  return (error, { requestId }) => {
    const headers = reporting('unwritable', () => headerWriters.get(error.name)?.({ ...error.members }));
    const { status, content } = reporting('unwritable', () => write(error));
    const request = `<RequestId>${escapeXml(requestId)}</RequestId>`;
    return {
      status,
      headers: { ...headers, 'content-type': 'application/xml', 'x-amzn-requestid': requestId },
      body: service.noErrorWrapping
        ? `<Error>${content}${request}</Error>`
        : `<ErrorResponse${xmlnsOf(service)}><Error>${content}</Error>${request}</ErrorResponse>`,
    };
  };
}

function documentOf(error: ErrorSchema) {
  return bindingsOf(error, 'response').document ?? { ...error, members: {} };
}
