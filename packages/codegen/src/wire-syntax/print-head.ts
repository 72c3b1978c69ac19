import type { ShapeId } from '@latchkey/smithy';
import type { ClientRequest } from '@latchkey/wire';
import { line, name, partsOf, text } from './lines.ts';
import type { Mark, Marks } from './marks.ts';
import type { BodySyntax, SyntaxLine, SyntaxPart } from './syntax.ts';

/** Every answer of ours has it. No model does, and services have other names for it. */
const REQUEST_ID_HEADER = 'x-amzn-requestid';

/** Prints a request line: the labels of the path in braces, then a line for each parameter of the query. */
export function printRequestLine(
  { method, path, query }: Pick<ClientRequest, 'method' | 'path' | 'query'>,
  uri: string,
  marks: Marks,
): readonly SyntaxLine[] {
  const parts = marks
    .split(decode(path))
    .map((part) => (typeof part === 'string' ? text(part) : labelOf(part, uri)));
  const end = text(' HTTP/1.1');
  const start = [text(`${method} `), ...parts];
  if (query === '') return [line(0, [...start, end])];
  const entries = query.split('&');
  return [
    line(0, start),
    ...entries.map((entry, index) => {
      const { mark, parts: ofEntry } = printEntry(entry, marks);
      const isLast = index === entries.length - 1;
      return line(1, [text(index === 0 ? '?' : '&'), ...ofEntry, ...(isLast ? [end] : [])], mark);
    }),
  ];
}

function labelOf({ shapeId }: Mark, uri: string): SyntaxPart {
  const label = shapeId?.replace(/^.*\$/, '') ?? '';
  const isGreedy = uri.includes(`{${label}+}`);
  return {
    kind: 'placeholder',
    text: `{${label}${isGreedy ? '+' : ''}}`,
    ...(shapeId !== undefined && { shapeId }),
  };
}

function printEntry(
  entry: string,
  marks: Marks,
): { readonly parts: readonly SyntaxPart[]; readonly mark: Mark | undefined } {
  const [key = '', value] = entry.split('=');
  const mark = marks.only(decode(value ?? ''));
  const ownKey = decode(key);
  const ofKey = marks.only(ownKey) === undefined ? [name(ownKey, mark)] : partsOf(ownKey, marks, 'query');
  if (value === undefined) return { parts: ofKey, mark };
  const parts = [...ofKey, text('='), ...partsOf(decode(value), marks, 'query')];
  if (mark?.isItem !== true) return { parts, mark };
  return { parts: [...parts, text(marks.only(ownKey) === undefined ? `&${ownKey}=…` : '&…')], mark };
}

/** @param body - that of the message: without one, what protocols say about its type says nothing */
export function printHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  body: BodySyntax | 'events' | undefined,
  marks: Marks,
): readonly SyntaxLine[] {
  return Object.entries(headers)
    .filter(([header, value]) => {
      const isOfBody = header === 'content-type' && marks.only(String(value)) === undefined;
      return value !== undefined && header !== REQUEST_ID_HEADER && !(isOfBody && body === undefined);
    })
    .map(([header, value]) => {
      const content = String(value);
      const mark = marks.only(content);
      // A list is one header; of those that have a prefix, each is a header of its own.
      const more = mark?.isItem && !header.endsWith('*') ? [text(', …')] : [];
      return line(0, [name(header, mark), text(': '), ...partsOf(content, marks, 'header'), ...more], mark);
    });
}

/** @param status - of the answer, or the member that has it */
export function printStatusLine(status: number | ShapeId): SyntaxLine {
  const part: SyntaxPart =
    typeof status === 'number'
      ? text(String(status))
      : { kind: 'placeholder', text: status.replace(/^.*\$/, ''), shapeId: status };
  return line(0, [text('HTTP/1.1 '), part]);
}

/** Decodes what is percent-encoded; what is encoded in another way stays as it is. */
function decode(encoded: string): string {
  return encoded.replaceAll(/(?:%[0-9A-F]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
