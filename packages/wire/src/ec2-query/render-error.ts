import { reporting } from '../misfit.ts';
import type { ServerProtocol } from '../protocol.ts';
import type { ServiceSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { errorContentWriter } from '../xml/render-error.ts';

/** Compiles the writer of a service's errors: a `Response` with a list of `Errors` that always holds one. */
export function errorRenderer(service: ServiceSchema): ServerProtocol['renderError'] {
  const write = errorContentWriter(service, { hasType: false, membersOf: (error) => error });
  return (error, { requestId }) => {
    const { status, content } = reporting('unwritable', () => write(error));
    const request = `<RequestID>${escapeXml(requestId)}</RequestID>`;
    return {
      status,
      headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
      body: `<Response><Errors><Error>${content}</Error></Errors>${request}</Response>`,
    };
  };
}
