import { RUNTIME } from '../runtime-reference/runtime-name.ts';
import { resultName } from './describe-result.ts';
import { partIn } from './known-parts.ts';
import { RANK_OF_KNOWN, rankOfThing, thingIn } from './known-things.ts';
import { keyOf } from './names.ts';
import { type FoundEntry, quote, type SearchIndex } from './search-index.ts';
import type { SearchQuery } from './search-query.ts';

/** Candidates of one name. */
const MAX_CANDIDATES = 60;

interface KnownEntry {
  readonly entry: FoundEntry;
  readonly rank: number;
}

/** @returns what people know by names of their own that the words are: what is done with a thing, or a part of the runtime */
export function findKnown(
  index: SearchIndex,
  words: readonly string[],
  query: Pick<SearchQuery, 'kinds' | 'moduleName'>,
): readonly KnownEntry[] {
  const things = findThing(index, words, query);
  return things.length > 0 ? things : findPart(index, words, query);
}

function findThing(
  index: SearchIndex,
  words: readonly string[],
  { kinds, moduleName }: Pick<SearchQuery, 'kinds' | 'moduleName'>,
): readonly KnownEntry[] {
  const services = index.services().toArray();
  const thing = kinds.includes('operation') ? thingIn(words, services) : undefined;
  if (thing === undefined || (moduleName ?? thing.moduleName) !== thing.moduleName) return [];
  return index
    .findByNames(`name : ${quote(keyOf(thing.name))}*`, {
      groups: [['operation']],
      moduleName: thing.moduleName,
      limit: MAX_CANDIDATES,
    })
    .flatMap((entry) => {
      const rank = rankOfThing(thing, entry);
      return rank === undefined ? [] : [{ entry, rank }];
    });
}

function findPart(
  index: SearchIndex,
  words: readonly string[],
  { kinds, moduleName = RUNTIME }: Pick<SearchQuery, 'kinds' | 'moduleName'>,
): readonly KnownEntry[] {
  const part = moduleName === RUNTIME ? partIn(words, index.services().toArray()) : undefined;
  if (part === undefined) return [];
  const [key = ''] = part.split('.').slice(-1);
  return index
    .findByKey([keyOf(key)], { groups: [kinds], moduleName, limit: MAX_CANDIDATES })
    .filter((entry) => resultName(entry) === part)
    .map((entry) => ({ entry, rank: RANK_OF_KNOWN }));
}
