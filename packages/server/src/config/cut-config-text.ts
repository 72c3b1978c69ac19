/**
 * A stretch of a configuration text that can be parsed by itself: whole lines with either some keys of the top level, or some
 * items of one list of the top level.
 */
export interface Piece {
  /** Offset of the first character. */
  readonly start: number;
  /** Offset behind the last character. */
  readonly end: number;
  /** Number of the first line, from 1. */
  readonly line: number;
  /** The list that the items are of. Absent: the piece has keys. */
  readonly list?: { readonly name: string; readonly firstIndex: number; readonly count: number };
}

/** A key that is written as most people write one. Anything else, such as a key in quotes, is left to the parser. */
const KEY = /([A-Za-z][A-Za-z0-9]*):(?=[ \t\r\n]|$)/y;
/** What stands behind a key whose value is on the lines below. */
const NOTHING = /[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$)/y;
const DOCUMENT_START = /---[ \t]*(?:[ \t]#[^\n]*)?\r?(?:\n|$)/y;

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;
const DASH = 45;

/**
 * Cuts a configuration text at keys of the top level, and at items of the lists there. Where a piece that is cut here is
 * right YAML, it is so in the whole text, too, with the same content: a cut inside a quoted scalar or inside brackets leaves
 * one of them open, which is a syntax error of the piece.
 *
 * @param maxItems - the most items in a piece
 * @returns where the text is anything but a block mapping in one document, with plain and different keys: the number of the
 *   line that shows it
 */
export function cutConfigText(text: string, maxItems: number): readonly Piece[] | number {
  const cutter = new Cutter(text, maxItems);
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    if (!cutter.takeLine(start, line)) return line;
    const end = text.indexOf('\n', start);
    start = end === -1 ? text.length : end + 1;
  }
  return cutter.finish();
}

interface OpenList {
  readonly name: string;
  readonly indent: number;
  /** Its items so far. */
  count: number;
  /** Those in the piece that is not cut off yet. */
  inPiece: number;
}

class Cutter {
  readonly #text: string;
  readonly #maxItems: number;
  readonly #pieces: Piece[] = [];
  readonly #keys = new Set<string>();
  #hasDocumentStart = false;
  #start = 0;
  #startLine = 1;
  /** The key of the line before, when its value is on the lines below. */
  #openKey: string | undefined;
  /** The list that the lines belong to. */
  #list: OpenList | undefined;

  constructor(text: string, maxItems: number) {
    this.#text = text;
    this.#maxItems = maxItems;
  }

  /** @returns whether it is certain what the line is */
  takeLine(start: number, line: number): boolean {
    const text = this.#text;
    let at = start;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const first = text.charCodeAt(at);
    // A tab never indents: the line is empty, or goes on with a scalar, or is an error for the parser to find.
    if (Number.isNaN(first) || first === LINE_FEED || first === CARRIAGE_RETURN) return true;
    if (first === HASH || first === TAB) return true;
    const indent = at - start;
    const isItem = first === DASH && this.#endsWord(at + 1);
    if (this.#openKey !== undefined && isItem) this.#beginList(this.#openKey, indent, start, line);
    if (this.#list !== undefined) {
      if (indent === this.#list.indent && isItem) {
        this.#takeItem(this.#list, start, line);
        return true;
      }
      if (indent > this.#list.indent) return true;
      if (indent > 0) return false;
      this.#endPiece(start, line);
      this.#list = undefined;
    }
    this.#openKey = undefined;
    return indent > 0 ? this.#keys.size > 0 : this.#takeKey(start);
  }

  finish(): readonly Piece[] | number {
    if (this.#keys.size === 0) return 1;
    this.#endPiece(this.#text.length, 0);
    return this.#pieces;
  }

  #takeKey(start: number): boolean {
    KEY.lastIndex = start;
    const name = KEY.exec(this.#text)?.[1];
    if (name === undefined) return this.#takeDocumentStart(start);
    if (this.#keys.has(name)) return false;
    this.#keys.add(name);
    NOTHING.lastIndex = start + name.length + 1;
    if (NOTHING.test(this.#text)) this.#openKey = name;
    return true;
  }

  /** @returns whether it is `---`, and nothing before it but comments */
  #takeDocumentStart(start: number): boolean {
    if (this.#hasDocumentStart || this.#keys.size > 0) return false;
    DOCUMENT_START.lastIndex = start;
    this.#hasDocumentStart = DOCUMENT_START.test(this.#text);
    return this.#hasDocumentStart;
  }

  #beginList(name: string, indent: number, start: number, line: number): void {
    this.#endPiece(start, line);
    this.#openKey = undefined;
    this.#list = { name, indent, count: 0, inPiece: 0 };
  }

  #takeItem(list: OpenList, start: number, line: number): void {
    if (list.inPiece === this.#maxItems) this.#endPiece(start, line);
    list.inPiece += 1;
    list.count += 1;
  }

  #endPiece(end: number, nextLine: number): void {
    if (end > this.#start) {
      const piece = { start: this.#start, end, line: this.#startLine };
      this.#pieces.push(
        this.#list === undefined
          ? piece
          : {
              ...piece,
              list: {
                name: this.#list.name,
                firstIndex: this.#list.count - this.#list.inPiece,
                count: this.#list.inPiece,
              },
            },
      );
      if (this.#list !== undefined) this.#list.inPiece = 0;
    }
    this.#start = end;
    this.#startLine = nextLine;
  }

  /** Whether a word ends before an offset: by a space, a tab, the end of the line or of the text. */
  #endsWord(at: number): boolean {
    const code = this.#text.charCodeAt(at);
    return (
      Number.isNaN(code) || code === SPACE || code === TAB || code === LINE_FEED || code === CARRIAGE_RETURN
    );
  }
}
