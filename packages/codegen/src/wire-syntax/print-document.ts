import { line, name, partsOf, text } from './lines.ts';
import type { Mark, Marks } from './marks.ts';
import type { SyntaxLine, SyntaxPart } from './syntax.ts';

/** A value, and what is before and after it on its first and last line. */
interface Printed {
  readonly lead: readonly SyntaxPart[];
  readonly tail: string;
  readonly indent: number;
  readonly mark?: Mark | undefined;
}

/** Prints JSON, or CBOR as JSON would be: a member a line. */
export class DocumentPrinter {
  readonly #marks: Marks;
  readonly #place: 'json' | 'cbor';

  constructor(marks: Marks, place: 'json' | 'cbor') {
    this.#marks = marks;
    this.#place = place;
  }

  print(value: unknown): readonly SyntaxLine[] {
    return this.#value(value, { lead: [], tail: '', indent: 0 });
  }

  #value(value: unknown, printed: Printed): readonly SyntaxLine[] {
    const { indent, lead, mark, tail } = printed;
    if (Array.isArray(value)) return this.#list(value, printed);
    if (typeof value === 'object' && value !== null) return this.#object(value, printed);
    return [line(indent, [...lead, ...this.#simple(value), text(tail)], mark)];
  }

  #simple(value: unknown): readonly SyntaxPart[] {
    if (typeof value !== 'string') return [text(String(value))];
    if (this.#marks.only(value) !== undefined) return partsOf(value, this.#marks, this.#place);
    // A text that has a placeholder in it, as the name of an error behind its namespace.
    return [text('"'), ...partsOf(value, this.#marks, 'raw'), text('"')];
  }

  #list(items: readonly unknown[], { indent, lead, mark, tail }: Printed): readonly SyntaxLine[] {
    const [item] = items;
    if (typeof item !== 'object' || item === null) {
      return [line(indent, [...lead, text('['), ...this.#simple(item), text(`, …]${tail}`)], mark)];
    }
    return [
      line(indent, [...lead, text('[')], mark),
      ...this.#value(item, { lead: [], tail: ', …', indent: indent + 1 }),
      line(indent, [text(`]${tail}`)]),
    ];
  }

  #object(value: object, { indent, lead, mark, tail }: Printed): readonly SyntaxLine[] {
    const entries = Object.entries(value);
    if (entries.length === 0) return [line(indent, [...lead, text(`{}${tail}`)], mark)];
    return [
      line(indent, [...lead, text('{')], mark),
      ...entries.flatMap(([key, entry], index) =>
        this.#entry(key, entry, index === entries.length - 1, indent + 1),
      ),
      line(indent, [text(`}${tail}`)]),
    ];
  }

  #entry(key: string, entry: unknown, isLast: boolean, indent: number): readonly SyntaxLine[] {
    const { mark: ofKey, name: ownName } = this.#marks.named(key);
    if (ofKey?.isKey) {
      const lead = [...this.#simple(key), text(': ')];
      return this.#value(entry, { lead, tail: ', …', indent });
    }
    const mark = ofKey ?? (typeof entry === 'string' ? this.#marks.only(entry) : undefined);
    const quoted = JSON.stringify(ownName).slice(1, -1);
    const lead = [text('"'), name(quoted, mark), text('": ')];
    return this.#value(entry, { lead, tail: isLast ? '' : ',', indent, mark });
  }
}
