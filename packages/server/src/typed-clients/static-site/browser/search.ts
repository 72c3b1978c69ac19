import { NearTerms } from '../../search/near-terms.ts';
import { rankEntry, TEXT_RANK } from '../../search/rank-entry.ts';
import { searchKinds } from '../../search/search-entry.ts';
import type { FoundEntry } from '../../search/search-index.ts';
import { parseSearchQuery } from '../../search/search-query.ts';
import { nameOfShard, type ShardEntry, type ShardIndex } from '../shard-format.ts';

/** An entry with its page. */
export interface SiteEntry extends FoundEntry {
  /** Path in the site, with fragment. */
  readonly file: string;
}

export interface SiteResult {
  readonly entries: readonly SiteEntry[];
  readonly problems: readonly string[];
  /** What was looked for in place of words that no name has. */
  readonly insteadOf?: readonly string[];
}

/** Loads a file of the search; a file that was loaded is known. */
export type LoadData = (name: string) => Promise<unknown>;

/** Searches the files of a static site as the server searches its index, by names alone. */
export async function searchSite(typed: string, limit: number, load: LoadData): Promise<SiteResult> {
  const index = (await load('index')) as ShardIndex;
  const { kinds, moduleName, parts, problems, words } = parseSearchQuery(typed);
  const find = async (looked: readonly string[]) => {
    const found = await findByNames(looked, index, load);
    return found.filter(
      ({ kind, service }) =>
        kinds.includes(kind) && (moduleName === undefined || service.moduleName === moduleName),
    );
  };
  const ways = parts === undefined ? [words] : [words, parts];
  const asTyped = best((await Promise.all(ways.map(find))).flat(), ways, limit);
  if (asTyped.length > 0 || words.length === 0) return { entries: asTyped, problems };
  const near = new NearTerms((await load('terms')) as readonly string[]);
  for (const corrected of corrections(words, near)) {
    const entries = best(await find(corrected), [corrected], limit);
    if (entries.length > 0) return { entries, problems, insteadOf: corrected };
  }
  return { entries: [], problems };
}

/** The words with one or all of them put right. */
function corrections(words: readonly string[], near: NearTerms): readonly (readonly string[])[] {
  const choices = words.map((word) => near.find(word));
  const all = words.map((word, position) => choices[position]?.[0] ?? word);
  const joined = near.find(words.join('')).map((term) => [term]);
  const each = choices.flatMap((terms, position) => terms.map((term) => words.with(position, term)));
  return [all, ...each, ...joined];
}

async function findByNames(
  words: readonly string[],
  index: ShardIndex,
  load: LoadData,
): Promise<readonly SiteEntry[]> {
  const names = new Set([...words, words.join('')].flatMap((word) => shardOf(word, index) ?? []));
  const shards = await Promise.all(Array.from(names, load));
  return (shards as (readonly ShardEntry[])[]).flat().flatMap((entry) => read(entry, index));
}

/** @returns the file with the entries that have a word which begins like this */
function shardOf(word: string, { best, whole }: ShardIndex): string | undefined {
  const letters = [...word];
  for (let length = 1; length <= letters.length; length += 1) {
    const prefix = letters.slice(0, length).join('');
    if (whole.includes(prefix)) return nameOfShard(prefix);
    if (!best.includes(prefix)) return undefined;
  }
  return nameOfShard(word);
}

function read([kind, service, symbol, member, summary, file]: ShardEntry, index: ShardIndex): SiteEntry[] {
  const [named, of] = [searchKinds[kind], index.services[service]];
  if (named === undefined || of === undefined) return [];
  return [{ id: 0, kind: named, service: of, symbol, ...(member !== null && { member }), summary, file }];
}

function best(
  entries: readonly SiteEntry[],
  ways: readonly (readonly string[])[],
  limit: number,
): readonly SiteEntry[] {
  const ranked = entries.map((entry) => ({
    entry,
    rank: Math.min(...ways.map((words) => rankEntry(entry, words))),
  }));
  const files = new Map<string, SiteEntry>();
  for (const { entry, rank } of ranked.toSorted((a, b) => a.rank - b.rank)) {
    if (rank < TEXT_RANK && !files.has(entry.file)) files.set(entry.file, entry);
  }
  return [...files.values()].slice(0, limit);
}
