import type { SearchedService } from '../search/search-entry.ts';

/** An entry in a shard of the search. */
export type ShardEntry = readonly [
  /** Place in `searchKinds`. */
  kind: number,
  /** Place in the list of services. */
  service: number,
  symbol: string,
  member: string | null,
  summary: string,
  /** Path in the site, with fragment. */
  file: string,
];

/** What is loaded before any shard. */
export interface ShardIndex {
  readonly services: readonly SearchedService[];
  /** Beginnings of words: those whose shard has all entries, and those whose shard has the best alone. */
  readonly whole: string[];
  readonly best: string[];
}

/** @returns the name of a shard's file, different from all others also where a file system takes no notice of case */
export function nameOfShard(prefix: string): string {
  return `s-${prefix.replaceAll(/[^a-z0-9]/gu, (letter) => `_${letter.codePointAt(0)?.toString(16)}_`)}`;
}
