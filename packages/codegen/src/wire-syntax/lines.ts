import type { Mark, Marks } from './marks.ts';
import { type Place, placeholderOf } from './placeholder.ts';
import type { SyntaxLine, SyntaxPart } from './syntax.ts';

export function text(content: string): SyntaxPart {
  return { kind: 'text', text: content };
}

/** A name that is on the wire, and leads to its member. */
export function name(content: string, mark: Mark | undefined): SyntaxPart {
  const shapeId = mark?.shapeId;
  return { kind: 'name', text: content, ...(shapeId !== undefined && { shapeId }) };
}

/** Text in which marks become placeholders. */
export function partsOf(content: string, marks: Marks, place: Place): readonly SyntaxPart[] {
  return marks
    .split(content)
    .flatMap((part) => (typeof part === 'string' ? [text(part)] : placeholderOf(part, place)));
}

/** @param mark that of the member which the line is about */
export function line(indent: number, parts: readonly SyntaxPart[], mark?: Mark): SyntaxLine {
  return {
    indent,
    parts,
    ...(mark?.required && { required: true }),
    ...(mark?.choice && { choice: mark.choice }),
  };
}

/** @returns the same for what differs in links alone */
export function textOfForm(form: unknown): string {
  return JSON.stringify(form, (key, value) => (key === 'shapeId' ? undefined : value));
}

export function withoutLinks(lines: readonly SyntaxLine[]): readonly SyntaxLine[] {
  return mapParts(lines, ({ kind, text: content }) => ({ kind, text: content }));
}

export function mapParts(
  lines: readonly SyntaxLine[],
  change: (part: SyntaxPart) => SyntaxPart,
): readonly SyntaxLine[] {
  return lines.map((each) => ({ ...each, parts: each.parts.map(change) }));
}
