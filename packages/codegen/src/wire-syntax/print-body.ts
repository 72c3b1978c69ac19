import type { ProtocolName } from '@latchkey/wire';
import { parseCbor } from '@latchkey/wire/cbor/parse';
import { line, text } from './lines.ts';
import type { Mark, Marks } from './marks.ts';
import { placeholderOf } from './placeholder.ts';
import { DocumentPrinter } from './print-document.ts';
import { printForm } from './print-form.ts';
import { printXml } from './print-xml.ts';
import type { BodySyntax, SyntaxLine, SyntaxPart } from './syntax.ts';

type Format = Exclude<BodySyntax['format'], 'raw'>;

/** Formats of documents. The query protocols take forms, and answer in XML. */
export const formats: Readonly<
  Record<ProtocolName, { readonly request: Format; readonly response: Format }>
> = {
  restJson1: { request: 'json', response: 'json' },
  awsJson1_0: { request: 'json', response: 'json' },
  awsJson1_1: { request: 'json', response: 'json' },
  awsQuery: { request: 'form', response: 'xml' },
  ec2Query: { request: 'form', response: 'xml' },
  restXml: { request: 'xml', response: 'xml' },
  rpcv2Cbor: { request: 'cbor', response: 'cbor' },
};

/** @returns undefined where the body is empty */
export function printBody(body: Uint8Array | string, format: Format, marks: Marks): BodySyntax | undefined {
  if (body.length === 0) return undefined;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const mark = marks.only(new TextDecoder().decode(bytes));
  if (mark !== undefined) return { format: 'raw', lines: [printRaw(mark)] };
  return { format, lines: printDocument(bytes, format, marks) };
}

/** The member that is the whole body, and what it is. */
function printRaw(mark: Mark): SyntaxLine {
  const { shapeId = '' } = mark;
  const member: SyntaxPart = { kind: 'placeholder', text: shapeId.replace(/^.*\$/, ''), shapeId };
  return line(0, [member, text(' ('), ...placeholderOf(mark, 'raw'), text(')')], mark);
}

function printDocument(bytes: Uint8Array, format: Format, marks: Marks): readonly SyntaxLine[] {
  if (format === 'cbor') return new DocumentPrinter(marks, 'cbor').print(parseCbor(bytes));
  const content = new TextDecoder().decode(bytes);
  switch (format) {
    case 'json':
      return new DocumentPrinter(marks, 'json').print(JSON.parse(content));
    case 'xml':
      return printXml(content, marks);
    case 'form':
      return printForm(content, marks);
  }
}
