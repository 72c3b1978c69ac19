import { editDistance } from '../../config/near-match.ts';

/** A term and the letters that it has, as bits. */
interface Term {
  readonly term: string;
  readonly letters: number;
}

const MAX_NEAR = 8;

/** Finds the terms that somebody may have meant by a mistyped word. */
export class NearTerms {
  readonly #byLength = new Map<number, readonly Term[]>();

  readonly #termsOf: (length: number) => readonly string[];

  static among(terms: readonly string[]): NearTerms {
    const byLength = Map.groupBy(terms, (term) => term.length);
    return new NearTerms((length) => byLength.get(length) ?? []);
  }

  /** @param termsOf - gives the terms that have so many letters; is asked once for each number */
  constructor(termsOf: (length: number) => readonly string[]) {
    this.#termsOf = termsOf;
  }

  /** @returns the nearest terms: one mistake away for a word of four letters or more, two for one of eight or more */
  find(word: string): readonly string[] {
    const limit = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const letters = lettersOf(word);
    const near: { readonly term: string; readonly distance: number }[] = [];
    for (let length = word.length - limit; length <= word.length + limit; length += 1) {
      for (const candidate of this.#ofLength(length)) {
        // Each mistake changes at most two letters of the set: most terms are passed over by this alone.
        if (bitsOf(candidate.letters ^ letters) > 2 * limit) continue;
        const distance = editDistance(word, candidate.term);
        if (distance <= limit) near.push({ term: candidate.term, distance });
      }
    }
    const nearest = Math.min(...near.map(({ distance }) => distance));
    const sameStart = (term: string) => (term[0] === word[0] ? 0 : 1);
    return near
      .filter(({ distance }) => distance === nearest)
      .map(({ term }) => term)
      .toSorted((a, b) => sameStart(a) - sameStart(b))
      .slice(0, MAX_NEAR);
  }

  #ofLength(length: number): readonly Term[] {
    const known =
      this.#byLength.get(length) ?? this.#termsOf(length).map((term) => ({ term, letters: lettersOf(term) }));
    this.#byLength.set(length, known);
    return known;
  }
}

/** Letters `a` to `z` as bits 0 to 25; every other character is bit 26. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index) - 97;
    letters |= 1 << (code >= 0 && code < 26 ? code : 26);
  }
  return letters;
}

function bitsOf(value: number): number {
  let bits = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}
