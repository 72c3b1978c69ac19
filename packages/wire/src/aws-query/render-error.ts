import { reporting } from '../misfit.ts';
import { messageMember, modeledErrors } from '../modeled-errors.ts';
import type { ServerError, ServerProtocol } from '../protocol.ts';
import type { ErrorSchema, ServiceSchema, StructureSchema } from '../schema.ts';
import { escapeXml } from '../xml/escape.ts';
import { XmlWriters } from '../xml/write.ts';
import { xmlnsOf } from './render-output.ts';

/** An error as the query protocol names and writes it. */
interface ErrorForm {
  readonly code: string;
  readonly status: number;
  writeMembers(members: object): string;
}

/** Compiles the errors of a service. One outside the model is written by its name and message alone. */
export function errorRenderer(service: ServiceSchema): ServerProtocol['renderError'] {
  const writers = new XmlWriters('server');
  const modeled = new Map(
    modeledErrors(service)
      .entries()
      .map(([name, error]) => [name, formOf(error, writers)]),
  );
  return (error, { requestId }) => {
    const { code, status, writeMembers } = modeled.get(error.name) ?? unmodeled(error);
    const type = status < 500 ? 'Sender' : 'Receiver';
    const members = reporting('unwritable', () => writeMembers(error.members ?? {}));
    const message = error.message === '' ? '' : `<Message>${escapeXml(error.message)}</Message>`;
    const detail = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code>${message}${members}</Error>`;
    const request = `<RequestId>${escapeXml(requestId)}</RequestId>`;
    return {
      status,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
      body: `<ErrorResponse${xmlnsOf(service)}>${detail}${request}</ErrorResponse>`,
    };
  };
}

function formOf(error: ErrorSchema, writers: XmlWriters): ErrorForm {
  const { code = error.name, status = error.status } = error.queryError ?? {};
  const message = messageMember(error);
  const members = Object.fromEntries(Object.entries(error.members).filter(([name]) => name !== message));
  const withoutMessage: StructureSchema = { ...error, members };
  return { code, status, writeMembers: writers.members(withoutMessage) };
}

function unmodeled({ name, status = 500 }: ServerError): ErrorForm {
  return { code: name, status, writeMembers: () => '' };
}
