import { keyOf, runsOf, wordsOfName } from './names.ts';
import { namesOfService, runsOfService } from './names-of-service.ts';
import { RANKS, type SearchedService, type SearchKind } from './search-entry.ts';
import type { FoundEntry } from './search-index.ts';

/** How well the words fit an entry, best first. */
const level = {
  /** The words are the name. */
  exact: 0,
  /** Some words are the name, the others are words of the names around it. */
  exactWithin: 1,
  /** Some words are the name, the others are in its summary. */
  exactWithSummary: 1.3,
  /** Some words are the name of a member, the others words of its symbol's name. */
  memberOfSymbol: 1.6,
  /** The words are the name of a property or a value. */
  exactMember: 0.3,
  /** As before, where the name is one word: many words that begin the names of operations are such, too. */
  exactShortMember: 1.75,
  begins: 2,
  /** Some words are the name of the service, the others words of its own names, e.g. `rds snapshot`. */
  ofNamedService: 1.5,
  /** The words stand together in the name. */
  contains: 2.2,
  /** Each word is a word of the name. */
  wholeWords: 3,
  /** Some words are the name of a member, the others words of its service's names. */
  memberOfService: 3.5,
  /** Each word begins a word of the name. */
  beginnings: 4,
  /** As before, where some words are those of the names around it. */
  beginningsWithin: 5,
  /** Some words are only in the documentation. */
  text: 7,
} as const;

/** Added to entries of other services where a word names one that many people use, such as `lambda` in `lambda layers`. */
const ELSEWHERE = 14;
/** Services of a worse rank have names that are rarely meant, such as `batch`. */
const MAX_NAMED_RANK = 40;

/** Ranks from here on are of entries that have some words in their documentation alone. */
export const TEXT_RANK = 10 * level.text;

/**
 * @param words - of the query
 * @returns how good a result the entry is: the lower, the better
 */
export function rankEntry(entry: FoundEntry, words: readonly string[]): number {
  const { kind, service } = entry;
  const names = namesOf(entry);
  const best = Math.min(...names.map((name) => levelOf(name, entry, words)));
  const shortest = Math.min(...names.map((name) => name.length));
  const surplus = Math.max(0, shortest - words.join('').length);
  // Whoever types the name of a service means it, however few people use it.
  const ofService = ((kind === 'service' && best === level.exact ? 2 : 8) * service.rank) / RANKS;
  return 10 * best + weights[kind] + ofService + Math.min(2, surplus / 15);
}

/**
 * @param words - of the query
 * @returns whether a word is the name of a service that many people use
 */
export function namesService({ moduleName, rank }: SearchedService, words: readonly string[]): boolean {
  return rank < MAX_NAMED_RANK && words.length > 1 && words.includes(moduleName);
}

/** @returns the rank of an entry where the words name services: others come later, unless the words are their names */
export function rankAmongNamed(
  entry: FoundEntry,
  words: readonly string[],
  named: ReadonlySet<string>,
): number {
  const rank = rankEntry(entry, words);
  const isElsewhere =
    named.size > 0 && !named.has(entry.service.moduleName) && rank >= 10 * level.exactWithSummary;
  return isElsewhere ? rank + ELSEWHERE : rank;
}

/** An error is also found by its name without what all errors have. */
function namesOf({ kind, member, service, symbol }: FoundEntry): readonly string[] {
  if (kind === 'service') return namesOfService(service);
  if (kind === 'error') return [...new Set([symbol, symbol.replace(/(?<=.)(?:Exception|Error|Fault)$/, '')])];
  return [member ?? symbol];
}

function levelOf(name: string, entry: FoundEntry, words: readonly string[]): number {
  const key = keyOf(name);
  const joined = words.join('');
  const isMember = entry.kind === 'property' || entry.kind === 'value';
  if (key === joined) {
    if (!isMember) return level.exact;
    return wordsOfName(name).length > 1 ? level.exactMember : level.exactShortMember;
  }
  const runs = runsOf(name);
  const inName = words.filter((word) => runs.some((run) => run.startsWith(word)));
  if (inName.length === words.length) {
    if (key.startsWith(joined)) return level.begins;
    if (runs.some((run) => run.startsWith(joined))) return level.contains;
    return words.every((word) => runs.includes(word)) ? level.wholeWords : level.beginnings;
  }
  if (inName.length === 0) return level.text;
  const others = words.filter((word) => !inName.includes(word));
  const isName = inName.join('') === key;
  const ofSymbol = entry.member === undefined ? [] : runsOf(entry.symbol);
  const around = [...ofSymbol, ...runsOfService(entry.service)];
  if (isName && others.every((word) => around.includes(word))) {
    if (!isMember || others.join('') === keyOf(entry.symbol)) return level.exactWithin;
    return others.some((word) => ofSymbol.includes(word)) ? level.memberOfSymbol : level.memberOfService;
  }
  const summary = entry.summary.toLowerCase();
  if (isName && others.every((word) => summary.includes(word))) return level.exactWithSummary;
  if (!isMember && others.every((word) => word === entry.service.moduleName)) return level.ofNamedService;
  const isAround = others.every((word) => around.some((run) => run.startsWith(word)));
  return isAround ? level.beginningsWithin : level.text;
}

const weights: Readonly<Record<SearchKind, number>> = {
  service: 0,
  operation: 0.5,
  paginator: 2,
  waiter: 2,
  client: 3,
  class: 2,
  function: 2,
  constant: 2.5,
  'type alias': 2.5,
  interface: 2.5,
  union: 2.5,
  enum: 2.5,
  error: 2.5,
  'errors of an operation': 4.5,
  method: 3,
  property: 4,
  value: 5,
};
