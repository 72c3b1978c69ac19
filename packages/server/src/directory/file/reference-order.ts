/**
 * Memberships or assignments in the order of their keys, eight bytes each: a file may have a million of them. Each is the
 * ranks of its ids among all ids in the same place.
 */
export class ReferenceOrder {
  readonly #ids: readonly (readonly string[])[];
  readonly #sorted: Float64Array;

  /**
   * @param ids - for each place of a key, the ids that may be there; ASCII
   * @param references - indexes of ids, one for each place
   */
  constructor(ids: readonly (readonly string[])[], references: Iterable<readonly number[]>) {
    const ranked = ids.map(rank);
    this.#ids = ranked.map(({ sorted }) => sorted);
    const numbers: number[] = [];
    for (const reference of references) {
      numbers.push(
        reference.reduce((number, index, place) => {
          const { sorted, ranks } = ranked[place] ?? { sorted: [], ranks: [] };
          return number * sorted.length + (ranks[index] ?? 0);
        }, 0),
      );
    }
    this.#sorted = Float64Array.from(new Set(numbers)).sort();
  }

  /** The ids of up to `limit` references after a key. */
  page({ after = '', limit }: { readonly after?: string; readonly limit: number }): readonly string[][] {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#idsAt(middle).join(' ') > after) high = middle;
      else low = middle + 1;
    }
    const count = Math.min(limit, this.#sorted.length - low);
    return Array.from({ length: count }, (_, index) => this.#idsAt(low + index));
  }

  get size(): number {
    return this.#sorted.length;
  }

  #idsAt(index: number): string[] {
    let number = this.#sorted[index] ?? 0;
    const found: string[] = [];
    for (const ids of this.#ids.toReversed()) {
      found.unshift(ids[number % ids.length] ?? '');
      number = Math.floor(number / ids.length);
    }
    return found;
  }
}

/** @returns the ids sorted, without repetition, and the rank of each */
function rank(ids: readonly string[]): {
  readonly sorted: readonly string[];
  readonly ranks: readonly number[];
} {
  const sorted = [...new Set(ids)].sort();
  const rankOf = new Map(sorted.map((id, index) => [id, index]));
  return { sorted, ranks: ids.map((id) => rankOf.get(id) ?? 0) };
}
