import { codedErrors } from '../coded-errors.ts';
import type { FormAnswers } from '../form/server.ts';
import { JsonWriters } from '../json/write.ts';
import { reporting } from '../misfit.ts';
import type { MemberSchema } from '../schema.ts';

const mediaType = 'application/json';
const text: MemberSchema = { target: { type: 'string' } };

/**
 * Answers in JSON. AWS's query services give them where `Accept` asks for JSON, though Smithy does not describe it. Keys
 * are member names, and timestamps seconds since the Unix epoch unless the model says otherwise.
 */
export const jsonAnswers: FormAnswers = {
  outputRenderer({ name, output }) {
    const write = jsonWriters().of({ target: output });
    const hasResult = output.name !== 'Unit';
    return (value, { requestId }) => {
      const result = hasResult ? `"${name}Result":${write(value)},` : '';
      const metadata = `"ResponseMetadata":${JSON.stringify({ RequestId: requestId })}`;
      return {
        status: 200,
        headers: { 'content-type': mediaType, 'x-amzn-requestid': requestId },
        body: `{"${name}Response":{${result}${metadata}}}`,
      };
    };
  },
  errorRenderer(service) {
    const writers = jsonWriters();
    const prepare = codedErrors(
      service,
      (error) => error,
      ({ members, ...structure }) =>
        writers.of({
          target: { ...structure, members: { ...members, Code: text, Message: text, Type: text } },
        }),
    );
    return (error, { requestId }) => {
      const { status, code, type, writer } = prepare(error);
      const message = error.message === '' ? {} : { Message: error.message };
      const content = { ...error.members, Code: code, ...message, Type: type };
      const written = reporting('unwritable', () => writer(content));
      return {
        status,
        headers: { 'content-type': mediaType, 'x-amzn-requestid': requestId },
        body: `{"Error":${written},"RequestId":${JSON.stringify(requestId)}}`,
      };
    };
  },
};

function jsonWriters(): JsonWriters {
  return new JsonWriters((name) => name, 'server');
}
