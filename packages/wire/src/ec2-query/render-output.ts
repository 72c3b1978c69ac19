import type { WireResponse } from '../http.ts';
import type { ResponseMetadata } from '../protocol.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { XmlWriters, xmlnsOf } from '../xml/write.ts';

/** Compiles the writer of an operation's output: a `…Response` with the output's members and the request id. */
export function outputRenderer(
  { name, output }: OperationSchema,
  service: ServiceSchema,
): (value: object, metadata: ResponseMetadata) => WireResponse {
  const writeMembers = new XmlWriters('server').members(output);
  const open = `<${name}Response${xmlnsOf(service)}>`;
  return (value, { requestId }) => ({
    status: 200,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `${open}${writeMembers(value)}<requestId>${escapeXml(requestId)}</requestId></${name}Response>`,
  });
}
