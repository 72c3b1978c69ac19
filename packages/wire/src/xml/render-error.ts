import { codedErrors } from '../coded-errors.ts';
import type { ServerError } from '../protocol.ts';
import type { ErrorSchema, ServiceSchema, StructureSchema } from '../schema.ts';
import { escapeXml } from './escape.ts';
import { XmlWriters } from './write.ts';

/** How a protocol writes the `Error` element, where the XML protocols differ. */
export interface XmlErrorForm {
  /** Whether the element has a `Type`, which says whether client or server is at fault. */
  readonly hasType: boolean;
  /** Members that are written in the element. */
  membersOf(error: ErrorSchema): StructureSchema;
}

/** Compiles the writer of the `Error` element's content. Of an error outside the model, only name and message are written. */
export function errorContentWriter(
  service: ServiceSchema,
  { hasType, membersOf }: XmlErrorForm,
): (error: ServerError) => { readonly status: number; readonly content: string } {
  const writers = new XmlWriters('server');
  const prepare = codedErrors(service, membersOf, (members) => writers.members(members));
  return (error) => {
    const { status, code, type, writer } = prepare(error);
    const fault = hasType ? `<Type>${type}</Type>` : '';
    const message = error.message === '' ? '' : `<Message>${escapeXml(error.message)}</Message>`;
    const members = writer(error.members ?? {});
    return { status, content: `${fault}<Code>${escapeXml(code)}</Code>${message}${members}` };
  };
}
