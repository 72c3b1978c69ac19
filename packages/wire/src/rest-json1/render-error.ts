import type { DocumentCodec } from '../http-binding/document-codec.ts';
import type { ResponseWriter } from '../http-binding/write-response.ts';
import { responseWriter } from '../http-binding/write-response.ts';
import { reporting } from '../misfit.ts';
import { messageMember, modeledErrors } from '../modeled-errors.ts';
import type { ServerError, ServerProtocol } from '../protocol.ts';
import type { ErrorSchema, MemberSchema, ServiceSchema } from '../schema.ts';

interface ErrorWriter {
  readonly messageMember: string;
  readonly response: ResponseWriter;
}

/** Compiles the errors of a service. One outside the model is written too, with its members as plain JSON. */
export function errorRenderer(
  service: ServiceSchema,
  codec: DocumentCodec,
  { errorTypeInBody }: { readonly errorTypeInBody: boolean },
): ServerProtocol['renderError'] {
  const modeled = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, schema]) => [name, compile(schema)]),
  );

  function compile(schema: ErrorSchema): ErrorWriter {
    const message = messageMember(schema);
    const members: Record<string, MemberSchema> = {
      ...(errorTypeInBody && { __type: { target: { type: 'string' } } }),
      ...schema.members,
      ...(message === undefined && { message: { target: { type: 'string' } } }),
    };
    return {
      messageMember: message ?? 'message',
      response: responseWriter({ ...schema, members }, codec, schema.status),
    };
  }

  return (error, { requestId }) => {
    const { name, message, members } = error;
    const writer = modeled.get(name) ?? compile(schemaOf(error));
    const sentence = message === '' ? {} : { [writer.messageMember]: message };
    const source = { __type: `${service.namespace}#${name}`, ...members, ...sentence };
    const response = reporting('unwritable', () => writer.response.write(source));
    return {
      ...response,
      headers: { ...response.headers, 'x-amzn-errortype': name, 'x-amzn-requestid': requestId },
    };
  };
}

function schemaOf({ name, members = {}, status = 500 }: ServerError): ErrorSchema {
  const document: MemberSchema = { target: { type: 'document' } };
  return {
    type: 'structure',
    name,
    fault: status < 500 ? 'client' : 'server',
    status,
    members: Object.fromEntries(Object.keys(members).map((member) => [member, document])),
  };
}
