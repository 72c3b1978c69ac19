import { awsQueryErrorTrait, errorTrait, nameIn, type ShapeId, type StructureShape } from '@latchkey/smithy';
import { createServerProtocol, type ErrorSchema, type ServiceSchema } from '@latchkey/wire';
import { messageMember } from '@latchkey/wire/modeled-errors';
import { line, mapParts, text, textOfForm, withoutLinks } from './lines.ts';
import { formats, printBody } from './print-body.ts';
import { printHeaders } from './print-head.ts';
import { type SpecimenContext, specimenOf } from './specimen.ts';
import type { ErrorSyntax, MessageSyntax, SyntaxLine, SyntaxPart } from './syntax.ts';

/** Members that are shown of one error. */
const MAX_MEMBERS = 40;

const NAME = 'error name';
const CODE = 'error code';

type ErrorEntry = ErrorSyntax['errors'][number];

interface PrintedError {
  readonly entry: ErrorEntry;
  readonly form: MessageSyntax;
}

/** The forms in which errors travel: those that differ in names alone are one. */
export function errorSyntax(
  ids: readonly ShapeId[],
  service: ServiceSchema,
  context: SpecimenContext,
): readonly ErrorSyntax[] {
  const printed = ids.map((id) => printError(id, service, context));
  const alike = Map.groupBy(printed, ({ form }) => textOfForm(form));
  return [...alike.values()].map((group) => {
    const [first] = group as [PrintedError];
    const errors = group.map(({ entry }) => entry);
    return { errors, form: group.length === 1 ? named(first) : shared(first.form, errors) };
  });
}

/** What the server answers with, with placeholders for the name and the code of the error. */
function printError(id: ShapeId, service: ServiceSchema, context: SpecimenContext): PrintedError {
  const shape = context.model.getDataShape(id) as StructureShape;
  const { marks, schema, unlisted, value } = specimenOf(id, { ...context, maxMembers: MAX_MEMBERS });
  const label = (words: string) => marks.add({ value: { type: 'string', label: words } });
  const queryError = awsQueryErrorTrait(shape);
  const error: ErrorSchema = {
    ...schema,
    ...errorTrait(shape),
    name: label(NAME),
    ...(queryError && { queryError: { ...queryError, code: label(CODE) } }),
  };
  const member = messageMember(error);
  const { [member ?? '']: given = marks.add({ value: { type: 'string' } }), ...members } = value;
  const answer = createServerProtocol({ ...service, errors: [error] }).renderError(
    { name: error.name, message: String(given), members },
    { requestId: label('request id') },
  );
  const { protocol } = service;
  const body = printBody(answer.body, formats[protocol].response, marks);
  const name = nameIn(context.service, id);
  return {
    entry: { shapeId: id, status: answer.status, name, code: queryError?.code ?? name },
    form: {
      start: [],
      headers: printHeaders(answer.headers, body, marks),
      ...(body && { body }),
      events: [],
      unlisted,
    },
  };
}

function named({ entry: { code, name, status }, form }: PrintedError): MessageSyntax {
  return changed({ ...form, start: [line(0, [text(`HTTP/1.1 ${status}`)])] }, (lines) =>
    mapParts(lines, (part) => {
      if (part.text === NAME) return text(name);
      return part.text === CODE ? text(code) : part;
    }),
  );
}

function shared(form: MessageSyntax, errors: readonly ErrorEntry[]): MessageSyntax {
  const [status, ...others] = new Set(errors.map((error) => error.status));
  const start: SyntaxPart =
    others.length === 0 ? text(String(status)) : { kind: 'placeholder', text: 'status' };
  return changed({ ...form, start: [line(0, [text('HTTP/1.1 '), start])] }, withoutLinks);
}

function changed(
  form: MessageSyntax,
  change: (lines: readonly SyntaxLine[]) => readonly SyntaxLine[],
): MessageSyntax {
  const { body, headers, start } = form;
  return {
    ...form,
    start: change(start),
    headers: change(headers),
    ...(body && { body: { ...body, lines: change(body.lines) } }),
  };
}
