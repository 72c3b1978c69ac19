import type { Assertion } from './parse.ts';
import type { Program, Step } from './program.ts';

type CountStep = Extract<Step, { kind: 'count' }>;

/** A counting step that has been entered, and where: the counts of all entries rise together, one a character. */
interface Counter {
  readonly step: CountStep;
  /** Indexes at which it was entered, rising. */
  entries: number[];
  /** Of the first entry that has not passed the maximum. */
  oldest: number;
}

/** Runs the programs of a pattern over one text. */
export class Run {
  /** How often a step was looked at. Each visit is a bounded amount of work, so this is the work of the run. */
  visits = 0;
  /** The characters of the text. */
  readonly #codes: readonly number[];
  /** For each look that was asked for: at which places of the text it finds something. */
  readonly #looks = new Map<Program, Uint8Array>();

  /** @param unicode whether a character is a code point, and not a UTF-16 code unit */
  constructor(text: string, unicode: boolean) {
    this.#codes = codesOf(text, unicode);
  }

  /** Whether a program accepts any part of the text. */
  accepts(program: Program): boolean {
    return this.#scan(program);
  }

  /**
   * Reads the text once, with all that the program may have read so far at the same time: at each index, every step is
   * visited once at most.
   *
   * @param found takes a 1 at each place where the program accepts; without it, the first is enough
   */
  #scan({ steps, first, backward, anchored }: Program, found?: Uint8Array): boolean {
    const codes = this.#codes;
    const { length } = codes;
    const visitedAt = new Int32Array(steps.length).fill(-1);
    const counters = new Map<CountStep, Counter>();
    const pending: number[] = [];
    let readers: Extract<Step, { kind: 'read' }>[] = [];
    let counting: Counter[] = [];
    for (let index = 0; ; index++) {
      const place = backward ? length - index : index;
      if (index === 0 || !anchored) pending.push(first);
      for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
        this.visits += 1;
        const step = steps[number];
        if (step === undefined || visitedAt[number] === index) continue;
        visitedAt[number] = index;
        switch (step.kind) {
          case 'accept':
            if (found === undefined) return true;
            found[place] = 1;
            break;
          case 'read':
            readers.push(step);
            break;
          case 'fork':
            pending.push(...step.to);
            break;
          case 'assert':
            if (this.#holds(step.assertion, place)) pending.push(step.next);
            break;
          case 'look':
            if ((this.#placesOf(step.look)[place] === 1) !== step.negated) pending.push(step.next);
            break;
          case 'count': {
            let counter = counters.get(step);
            if (counter === undefined) {
              counter = { step, entries: [], oldest: 0 };
              counters.set(step, counter);
            }
            if (counter.entries.length === 0) counting.push(counter);
            enter(counter, index);
            if (step.min === 0) pending.push(step.next);
          }
        }
      }
      const isOver = anchored && readers.length === 0 && counting.length === 0;
      if (index === length || isOver) return false;

      const code = codes[backward ? place - 1 : place] ?? 0;
      this.visits += readers.length + counting.length;
      for (const { set, next } of readers) if (set.has(code)) pending.push(next);
      readers = [];
      counting = counting.filter((counter) => advance(counter, code, index + 1, pending));
    }
  }

  #placesOf(look: Program): Uint8Array {
    let places = this.#looks.get(look);
    if (places === undefined) {
      places = new Uint8Array(this.#codes.length + 1);
      this.#looks.set(look, places);
      this.#scan(look, places);
    }
    return places;
  }

  #holds(assertion: Assertion, place: number): boolean {
    const [before, after] = [this.#codes[place - 1], this.#codes[place]];
    switch (assertion.kind) {
      case 'start':
        return before === undefined || (assertion.multiline && isLineEnd(before));
      case 'end':
        return after === undefined || (assertion.multiline && isLineEnd(after));
      case 'boundary': {
        const isWord = (code: number | undefined) => code !== undefined && assertion.word.has(code);
        return (isWord(before) !== isWord(after)) !== assertion.negated;
      }
    }
  }
}

/** Without a maximum the oldest entry passes every later one. */
function enter({ step, entries }: Counter, index: number): void {
  if (entries.length === 0 || step.max !== Number.POSITIVE_INFINITY) entries.push(index);
}

/**
 * Counts one more character, if it is one of the step's.
 *
 * @returns whether anything is still counted
 */
function advance(counter: Counter, code: number, index: number, pending: number[]): boolean {
  const { set, min, max, next } = counter.step;
  const { entries } = counter;
  if (set.has(code)) {
    while (index - (entries[counter.oldest] ?? index) > max) counter.oldest += 1;
    const entered = entries[counter.oldest];
    if (entered !== undefined) {
      if (index - entered >= min) pending.push(next);
      // What has passed the maximum goes once it is half of all, so that entries take no more room than they need.
      if (counter.oldest > entries.length / 2) {
        counter.entries = entries.slice(counter.oldest);
        counter.oldest = 0;
      }
      return true;
    }
  }
  counter.entries = [];
  counter.oldest = 0;
  return false;
}

function codesOf(text: string, unicode: boolean): readonly number[] {
  const codes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = unicode ? (text.codePointAt(index) ?? 0) : text.charCodeAt(index);
    if (code > 0xffff) index += 1;
    codes.push(code);
  }
  return codes;
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}
