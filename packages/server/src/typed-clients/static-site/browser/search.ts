import { RUNTIME } from '../../runtime-reference/runtime-name.ts';
import { resultName } from '../../search/describe-result.ts';
import { partIn } from '../../search/known-parts.ts';
import { RANK_OF_KNOWN, rankOfThing, thingIn } from '../../search/known-things.ts';
import { keyOf } from '../../search/names.ts';
import { NearTerms } from '../../search/near-terms.ts';
import {
  EXACT_RANK,
  OBVIOUS_RANK,
  rankAmongNamed,
  servicesNamedIn,
  TEXT_RANK,
} from '../../search/rank-entry.ts';
import { searchKinds } from '../../search/search-entry.ts';
import type { FoundEntry } from '../../search/search-index.ts';
import { parseSearchQuery } from '../../search/search-query.ts';
import { type Choice, choicesOf, combinationsOf, keysOf, typedAlone } from '../../search/synonyms.ts';
import { nameOfShard, type ShardEntry, type ShardIndex } from '../shard-format.ts';

/** Files that one look loads; each has some 10 kB compressed. */
const MAX_FILES = 16;

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
  const { kinds, moduleName, notation, parts, problems, words } = parseSearchQuery(typed);
  const find = async (looked: readonly string[], wanted = kinds) => {
    const ranked = await findRanked(looked, index, load);
    return ranked.filter(
      ({ entry: { kind, service } }) =>
        wanted.includes(kind) && (moduleName === undefined || service.moduleName === moduleName),
    );
  };
  const ways = [words, ...(parts === undefined ? [] : [parts])];
  const found = (await Promise.all(ways.map((way) => find(way)))).flat();
  if (notation !== undefined && !found.some(({ rank }) => rank < EXACT_RANK)) {
    const read = best(await find(notation.words, notation.isService ? ['service'] : kinds), limit);
    if (read.length > 0) return { entries: read, problems };
  }
  const asTyped = best(found, limit);
  if (asTyped.length > 0 || words.length === 0) return { entries: asTyped, problems };
  const near = NearTerms.among((await load('terms')) as readonly string[]);
  for (const corrected of corrections(words, near)) {
    const entries = best(await find(corrected), limit);
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

interface RankedEntry {
  readonly entry: SiteEntry;
  readonly rank: number;
}

/** Finds what has the words in its names, or what they may stand for unless that is needless. */
async function findRanked(
  words: readonly string[],
  index: ShardIndex,
  load: LoadData,
): Promise<readonly RankedEntry[]> {
  const named = servicesNamedIn(index.services, words);
  const look = async (choices: readonly (readonly Choice[])[]) => {
    const entries = await findByNames(combinationsOf(choices), index, load);
    return entries.map((entry) => ({ entry, rank: rankAmongNamed(entry, choices, named) }));
  };
  const typed = [...(await look(words.map(typedAlone))), ...(await findKnown(words, index, load))];
  if (typed.some(({ rank }) => rank <= OBVIOUS_RANK)) return typed;
  return [...typed, ...(await look(words.map(choicesOf)))];
}

/** Finds what people know by names of their own: what is done with a thing, or a part of the runtime. */
async function findKnown(
  words: readonly string[],
  index: ShardIndex,
  load: LoadData,
): Promise<readonly RankedEntry[]> {
  const thing = thingIn(words, index.services);
  if (thing !== undefined) {
    return (await findByNames([[keyOf(thing.name)]], index, load)).flatMap((entry) => {
      const rank = rankOfThing(thing, entry);
      return rank === undefined ? [] : [{ entry, rank }];
    });
  }
  const part = partIn(words, index.services);
  if (part === undefined) return [];
  const [name = ''] = part.split('.').slice(-1);
  return (await findByNames([[keyOf(name)]], index, load))
    .filter((entry) => entry.service.moduleName === RUNTIME && resultName(entry) === part)
    .map((entry) => ({ entry, rank: RANK_OF_KNOWN }));
}

async function findByNames(
  ways: readonly (readonly string[])[],
  index: ShardIndex,
  load: LoadData,
): Promise<readonly SiteEntry[]> {
  const [typed = [], ...others] = ways;
  const keys = [...typed, ...[typed, ...others].flatMap(keysOf)];
  const names = [...new Set(keys.flatMap((word) => shardOf(word, index) ?? []))].slice(0, MAX_FILES);
  const shards = await Promise.all(names.map(load));
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

function best(ranked: readonly RankedEntry[], limit: number): readonly SiteEntry[] {
  const files = new Map<string, SiteEntry>();
  for (const { entry, rank } of ranked.toSorted((a, b) => a.rank - b.rank)) {
    if (rank < TEXT_RANK && !files.has(entry.file)) files.set(entry.file, entry);
  }
  return [...files.values()].slice(0, limit);
}
