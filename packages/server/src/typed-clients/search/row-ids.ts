import { RANKS, type SearchKind, searchKinds } from './search-entry.ts';

/** Services in one index, and entries of one service; together with kind and rank they fit a row id. */
export const MAX_SERVICES = 4_096;
export const MAX_ENTRIES = 2 ** 20;

const PER_SERVICE = MAX_ENTRIES;
const PER_RANK = MAX_SERVICES * PER_SERVICE;
const PER_KIND = RANKS * PER_RANK;

/** The id of the row of an entry: rows in the order of their ids are best first. */
export function rowId(kind: SearchKind, rank: number, service: number, number: number): number {
  return searchKinds.indexOf(kind) * PER_KIND + rank * PER_RANK + service * PER_SERVICE + number;
}

/** The kind of the entry whose row has the id. */
export function kindOfRow(id: number): SearchKind | undefined {
  return searchKinds[Math.floor(id / PER_KIND)];
}

/** @returns the ranges of row ids that entries of these kinds have */
export function rangesOf(kinds: readonly SearchKind[]): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  for (const [index, kind] of searchKinds.entries()) {
    if (!kinds.includes(kind)) continue;
    const last = ranges.at(-1);
    const from = index * PER_KIND;
    if (last !== undefined && last[1] === from - 1) last[1] = from + PER_KIND - 1;
    else ranges.push([from, from + PER_KIND - 1]);
  }
  return ranges;
}
