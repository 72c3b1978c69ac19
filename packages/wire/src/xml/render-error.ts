import { messageMember, modeledErrors } from '../modeled-errors.ts';
import type { ServerError } from '../protocol.ts';
import type { ErrorSchema, ServiceSchema, StructureSchema } from '../schema.ts';
import { escapeXml } from './escape.ts';
import { XmlWriters } from './write.ts';

/** What the protocols whose errors are XML do each in their own way. */
export interface XmlErrorForm {
  /** Whether the element says who is at fault. */
  readonly hasType: boolean;
  /** The members that stand in the element. */
  membersOf(error: ErrorSchema): StructureSchema;
}

interface ErrorWriter {
  readonly code: string;
  readonly status: number;
  writeMembers(members: object): string;
}

/** Compiles what the `Error` elements of a service hold. An error outside the model is written by its name and message alone. */
export function errorContentWriter(
  service: ServiceSchema,
  form: XmlErrorForm,
): (error: ServerError) => { readonly status: number; readonly content: string } {
  const writers = new XmlWriters('server');
  const modeled = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, error]) => [name, writerOf(error, form, writers)]),
  );
  return (error) => {
    const { code, status, writeMembers } = modeled.get(error.name) ?? unmodeled(error);
    const type = form.hasType ? `<Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` : '';
    const message = error.message === '' ? '' : `<Message>${escapeXml(error.message)}</Message>`;
    const members = writeMembers(error.members ?? {});
    return { status, content: `${type}<Code>${escapeXml(code)}</Code>${message}${members}` };
  };
}

function writerOf(error: ErrorSchema, form: XmlErrorForm, writers: XmlWriters): ErrorWriter {
  const { code = error.name, status = error.status } = error.queryError ?? {};
  const message = messageMember(error);
  const inElement = form.membersOf(error);
  const members = Object.fromEntries(Object.entries(inElement.members).filter(([name]) => name !== message));
  return { code, status, writeMembers: writers.members({ ...inElement, members }) };
}

function unmodeled({ name, status = 500 }: ServerError): ErrorWriter {
  return { code: name, status, writeMembers: () => '' };
}
