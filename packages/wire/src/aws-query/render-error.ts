import { reporting } from '../misfit.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { errorContentWriter } from '../xml/render-error.ts';
import { xmlnsOf } from '../xml/write.ts';

/** Compiles the writer of a service's errors: an `ErrorResponse` that holds the `Error` and the request id. */
export function errorRenderer(service: ServiceSchema): ServerProtocol['renderError'] {
  const write = errorContentWriter(service, { hasType: true, membersOf: (error) => error });
  return (error, { requestId }) => {
    const { status, content } = reporting('unwritable', () => write(error));
    const request = `<RequestId>${escapeXml(requestId)}</RequestId>`;
    return {
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: `<ErrorResponse${xmlnsOf(service)}><Error>${content}</Error>${request}</ErrorResponse>`,
    };
  };
}
