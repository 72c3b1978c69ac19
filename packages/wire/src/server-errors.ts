import { messageMember, modeledErrors } from './modeled-errors.ts';
import type { ServerError } from './protocol.ts';
import type { ErrorSchema, MemberSchema, ServiceSchema } from './schema.ts';

/** An error, ready to be written. */
export interface PreparedError<Writer> {
  /** Schema of the model; of an error outside the model, one made from the members that the error has. */
  readonly schema: ErrorSchema;
  readonly writer: Writer;
  /** Members, including the message and the full name (`__type`). */
  readonly source: Readonly<Record<string, unknown>>;
}

/**
 * Compiles the writers of a service's errors. Members of an error outside the model are written as documents.
 *
 * @param compile compiles a writer. The structures that it gets always have a message member
 */
export function errorPreparer<Writer>(
  service: ServiceSchema,
  compile: (error: ErrorSchema) => Writer,
): (error: ServerError) => PreparedError<Writer> {
  const modeled = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, schema]) => [name, prepare(schema)]),
  );

  function prepare(schema: ErrorSchema) {
    const message = messageMember(schema) ?? 'message';
    const members = { ...schema.members, message: { target: { type: 'string' } } } as const;
    return { schema, message, writer: compile(message in schema.members ? schema : { ...schema, members }) };
  }

  return (error) => {
    const { schema, message, writer } = modeled.get(error.name) ?? prepare(schemaOf(error));
    const sentence = error.message === '' ? {} : { [message]: error.message };
    const source = { __type: `${service.namespace}#${error.name}`, ...error.members, ...sentence };
    return { schema, writer, source };
  };
}

/** Adds the member `__type`, which names the error in its document. */
export function withType<Structure extends ErrorSchema>(error: Structure): Structure {
  return { ...error, members: { __type: { target: { type: 'string' } }, ...error.members } };
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
