import type { ShapeId } from '@latchkey/smithy';
import type { Traits } from '@latchkey/wire';

/** A place of a message that is about a member: its name where the member has members itself, else its value. */
export interface Mark {
  /** The member, as `ns#Shape$member`; absent where the model has none. */
  readonly shapeId?: ShapeId;
  readonly required?: boolean;
  readonly choice?: 'either' | 'or';
  /** Whether it is an item of a list or a value of a map, which has no name of its own. */
  readonly isItem?: boolean;
  /** Whether it is the key of an entry of a map. */
  readonly isKey?: boolean;
  /** Whether there may be several elements of its name, one after the other. */
  readonly repeats?: boolean;
  /** Absent for a name. */
  readonly value?: MarkedValue;
}

/** What may be at a place. */
export type MarkedValue =
  | {
      readonly type: string;
      /** What a string is, in words, where it is no value of a member. */
      readonly label?: string;
      readonly timestampFormat?: Traits['timestampFormat'];
      /** Known values of an enum. */
      readonly values?: readonly (string | number)[];
      /** A string that may have any characters, so that headers have it in base64. */
      readonly hasMediaType?: boolean;
      /** The shape of an enum, which has a page. */
      readonly target?: ShapeId;
    }
  /** A structure that is not shown here. */
  | { readonly type: 'elsewhere'; readonly name: string; readonly target: ShapeId };

/** Private use of Unicode: such a character is text to every protocol, and no model has it. */
const FIRST = 0xf0000;
const MARK = /([\u{f0000}-\u{ffffd}])/u;

/** Marks places of a message by characters, by which they are found again in what a protocol has written. */
export class Marks {
  readonly #marks: Mark[] = [];

  get size(): number {
    return this.#marks.length;
  }

  /** @returns the character that stands for the mark */
  add(mark: Mark): string {
    this.#marks.push(mark);
    return String.fromCodePoint(FIRST + this.#marks.length - 1);
  }

  /** @returns the texts and the marks, as they follow each other */
  split(text: string): readonly (string | Mark)[] {
    return text
      .split(MARK)
      .filter((part) => part !== '')
      .map((part) => this.#marks[(part.codePointAt(0) ?? 0) - FIRST] ?? part);
  }

  /** @returns the mark that is the whole text */
  only(text: string): Mark | undefined {
    const [first, ...others] = this.split(text);
    return others.length === 0 && typeof first === 'object' ? first : undefined;
  }

  /** @returns a name without its mark, and the mark */
  named(text: string): { readonly name: string; readonly mark: Mark | undefined } {
    const parts = this.split(text);
    return {
      name: parts.filter((part) => typeof part === 'string').join(''),
      mark: parts.find((part) => typeof part === 'object'),
    };
  }
}
