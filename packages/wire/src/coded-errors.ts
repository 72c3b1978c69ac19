import { messageMember, modeledErrors } from './modeled-errors.ts';
import type { ServerError } from './protocol.ts';
import type { ErrorSchema, ServiceSchema, StructureSchema } from './schema.ts';

/** An error as the protocols write it that name errors by a code: XML and query protocols. */
export interface CodedError<Writer> {
  /** HTTP status. */
  readonly status: number;
  readonly code: string;
  /** Who is at fault. */
  readonly type: 'Sender' | 'Receiver';
  /** Writes the members, without the message. */
  readonly writer: Writer;
}

/**
 * Compiles the writers of a service's errors. An error outside the model has no members, and the status it says.
 *
 * @param membersOf the members that the body holds
 * @param compile gets these, without the member for the message
 */
export function codedErrors<Writer>(
  service: ServiceSchema,
  membersOf: (error: ErrorSchema) => StructureSchema,
  compile: (members: StructureSchema) => Writer,
): (error: ServerError) => CodedError<Writer> {
  const prepare = (schema: ErrorSchema): CodedError<Writer> => {
    const { code = schema.name, status = schema.status } = schema.queryError ?? {};
    const message = messageMember(schema);
    const inBody = membersOf(schema);
    const members = Object.fromEntries(Object.entries(inBody.members).filter(([name]) => name !== message));
    return { status, code, type: faultOf(status), writer: compile({ ...inBody, members }) };
  };
  const modeled = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, schema]) => [name, prepare(schema)]),
  );
  const withoutMembers = compile({ type: 'structure', name: 'Error', members: {} });
  return ({ name, status = 500 }) =>
    modeled.get(name) ?? { status, code: name, type: faultOf(status), writer: withoutMembers };
}

function faultOf(status: number): CodedError<never>['type'] {
  return status < 500 ? 'Sender' : 'Receiver';
}
