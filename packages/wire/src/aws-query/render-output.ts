import type { WireResponse } from '../http.ts';
import type { ResponseMetadata } from '../protocol.ts';
import type { OperationSchema, ServiceSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { XmlWriters, xmlnsOf } from '../xml/write.ts';

/** Compiles the writer of an operation's output: a `…Response` that holds the `…Result` and the request id. */
export function outputRenderer(
  { name, output }: OperationSchema,
  service: ServiceSchema,
): (value: object, metadata: ResponseMetadata) => WireResponse {
  const writeMembers = new XmlWriters('server').members(output);
  const open = `<${name}Response${xmlnsOf(service)}>`;
  const hasResult = output.name !== 'Unit';
  return (value, { requestId }) => {
    const result = hasResult ? `<${name}Result>${writeMembers(value)}</${name}Result>` : '';
    const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
    return {
      status: 200,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: `${open}${result}${metadata}</${name}Response>`,
    };
  };
}
