/** How a line begins that goes on with a list: with a space, a tab, a comment, an item, or its end. */
const GOES_ON = /[ \t#\r\n]|-[ \t\r\n]/y;

/**
 * Takes the text of a configuration piece by piece, and keeps what is not in the lists of the directory, whose items may be
 * millions of lines. A list counts as one where its key, which is kept, stands alone on a line at the top level.
 */
export class SettingsText {
  readonly #keys: RegExp;
  /** What is kept, and the beginning of a line whose end did not come yet. */
  #kept = '';
  readonly #unfinished: string[] = [];
  #isInList = false;
  #keptLines = 0;
  /** How many lines were left out before the kept line with a number, from 1. */
  readonly #leftOut = new Map<number, number>();
  /** Whether there is a password hash in it, kept or not. */
  isSecret = false;

  /** @param lists - their names, of letters */
  constructor(lists: readonly string[]) {
    this.#keys = new RegExp(`(?:${lists.join('|')}):[ \\t]*(?:#[^\\n]*)?\\r?\\n`, 'y');
  }

  add(piece: string): void {
    const end = piece.lastIndexOf('\n') + 1;
    if (end > 0) {
      this.#take(this.#unfinished.splice(0).join('') + piece.slice(0, end));
    }
    if (end < piece.length) this.#unfinished.push(piece.slice(end));
  }

  /** @returns the text that is kept */
  finish(): string {
    this.#take(this.#unfinished.splice(0).join(''));
    return this.#kept;
  }

  /** The number in the whole text of a line of the kept text, from 1. */
  lineOf(keptLine: number): number {
    let line = keptLine;
    for (const [before, count] of this.#leftOut) if (before <= keptLine) line += count;
    return line;
  }

  /** Takes whole lines; only the last line of all may have no end. */
  #take(lines: string): void {
    this.isSecret ||= lines.includes('passwordHash');
    let kept = '';
    for (let start = 0; start < lines.length; ) {
      const next = lines.indexOf('\n', start);
      const end = next === -1 ? lines.length : next + 1;
      GOES_ON.lastIndex = start;
      this.#isInList &&= GOES_ON.test(lines);
      if (this.#isInList) {
        const next = this.#keptLines + 1;
        this.#leftOut.set(next, (this.#leftOut.get(next) ?? 0) + 1);
      } else {
        kept += lines.slice(start, end);
        this.#keptLines += 1;
      }
      this.#keys.lastIndex = start;
      this.#isInList ||= this.#keys.test(lines);
      start = end;
    }
    this.#kept += kept;
  }
}
