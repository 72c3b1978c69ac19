import type { FormAnswers } from '../form/server.ts';
import { reporting } from '../misfit.ts';
import { escapeXml } from '../xml/escape.ts';
import { errorContentWriter } from '../xml/render-error.ts';
import { XmlWriters, xmlnsOf } from '../xml/write.ts';

const mediaType = 'text/xml';

/** Answers in XML, as the protocol is documented: a `…Response` that holds the `…Result` and the request id. */
export const xmlAnswers: FormAnswers = {
  outputRenderer({ name, output }, service) {
    const writeMembers = new XmlWriters('server').members(output);
    const open = `<${name}Response${xmlnsOf(service)}>`;
    const hasResult = output.name !== 'Unit';
    return (value, { requestId }) => {
      const result = hasResult ? `<${name}Result>${writeMembers(value)}</${name}Result>` : '';
      const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
      return {
        status: 200,
        headers: { 'content-type': mediaType, 'x-amzn-requestid': requestId },
        body: `${open}${result}${metadata}</${name}Response>`,
      };
    };
  },
  errorRenderer(service) {
    const write = errorContentWriter(service, { hasType: true, membersOf: (error) => error });
    return (error, { requestId }) => {
      const { status, content } = reporting('unwritable', () => write(error));
      const request = `<RequestId>${escapeXml(requestId)}</RequestId>`;
      return {
        status,
        headers: { 'content-type': mediaType, 'x-amzn-requestid': requestId },
        body: `<ErrorResponse${xmlnsOf(service)}><Error>${content}</Error>${request}</ErrorResponse>`,
      };
    };
  },
};
