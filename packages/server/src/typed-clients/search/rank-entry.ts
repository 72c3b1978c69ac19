import { keyOf, runsOf, wordsOfName } from './names.ts';
import { namesOfService, runsOfService } from './names-of-service.ts';
import { RANKS, type SearchedService, type SearchKind } from './search-entry.ts';
import type { FoundEntry } from './search-index.ts';
import { type Choice, choiceIn, otherNumbersOf } from './synonyms.ts';

/** How well the words fit an entry, best first. */
const level = {
  /** The words are the name. */
  exact: 0,
  /** Some words are the name, the others are words of the names around it. */
  exactWithin: 1,
  /** Some words are the name, the others are words by which people know the service. */
  exactWithKnownName: 1.2,
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
  /** Some words are by what people know the service, e.g. `dns`, the others words of what one calls. */
  ofKnownName: 3.2,
  /** The words are of several names of a service: something in the service is meant. */
  namesOfService: 2.6,
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
/** As before, where a word is by what people know a service, such as `alarm`, which is also a word of others. */
const ELSEWHERE_THAN_KNOWN = 14;
/** Names of services that are words of many other names, too. */
const ordinaryNames: ReadonlySet<string> = new Set(
  (
    'account backup batch billing budgets connect deadline detective discovery health location notifications pipes pricing ' +
    'scheduler schemas signer support transfer translate'
  ).split(' '),
);
/** From this rank on, few people use a service. */
const RARE_RANK = 63;
/** Added for a verb in place of the typed one where the entry is nothing that one calls. */
const VERB_OF_NOUN = 10;
/** Added, by the rank of the service, where what has an abbreviation is found by what that means. */
const RARE_ABBREVIATION = 26;
/** Added to entries of services that few people use, where several words are typed: names in plain words are of many. */
const RARE = 13;

/** A result of a better rank has what was typed as its name. */
export const EXACT_RANK = 10 * level.exactWithin;

/** A result of this rank, or a better one, is what was typed: no other words need to be tried. */
export const OBVIOUS_RANK = 12;

/** A result of this rank, or a better one, is likelier than what services have that are known by one of the words. */
export const LIKELY_RANK = 15;

/** Ranks from here on are of entries that have some words in their documentation alone. */
export const TEXT_RANK = 10 * level.text;

/**
 * @param words - of the query
 * @returns how good a result the entry is: the lower, the better
 */
export function rankEntry(entry: FoundEntry, words: readonly string[]): number {
  const { kind, service } = entry;
  const names = comparedNamesOf(entry);
  const best = Math.min(...names.map((name) => levelOf(name, entry, words)));
  const shortest = Math.min(...names.map(({ name }) => name.length));
  const surplus = Math.max(0, shortest - words.join('').length);
  // Whoever types the name of a service means it, however few people use it.
  const ofService = (kind === 'service' && best === level.exact ? 2 : 8) * rarityOf(service);
  return 10 * best + weights[kind] + ofService + Math.min(2, surplus / 15);
}

/** @returns how few people use a service: 0 to 1 */
function rarityOf({ rank }: SearchedService): number {
  return Math.min(rank, RARE_RANK) / RARE_RANK;
}

/** Services that the words of a query name, by module name. */
export interface NamedServices {
  /** By a name of their own that many people use, e.g. `lambda`. */
  readonly byName: ReadonlySet<string>;
  /** By what people know them, e.g. `alarm`. */
  readonly byKnownName: ReadonlySet<string>;
}

/** @returns which of the services the words of a query name */
export function servicesNamedIn(
  services: Iterable<SearchedService>,
  words: readonly string[],
): NamedServices {
  const byName = new Set<string>();
  const byKnownName = new Set<string>();
  if (words.length > 1) {
    const keys = keysIn(words);
    for (const service of services) {
      const { className, moduleName, otherNames, rank } = service;
      if (rank === RANKS - 1) continue;
      const isNamed = keys.has(moduleName) || keys.has(keyOf(className));
      if (isNamed && !ordinaryNames.has(moduleName)) byName.add(moduleName);
      else if (otherNames.map(keyOf).some((key) => key !== moduleName && keys.has(key)))
        byKnownName.add(moduleName);
    }
  }
  return { byName, byKnownName };
}

/** The words, and each two and three that stand together, also in the other number. */
function keysIn(words: readonly string[]): ReadonlySet<string> {
  const together = [1, 2, 3].flatMap((count) =>
    words.slice(count - 1).map((_, start) => words.slice(start, start + count).join('')),
  );
  return new Set(together.flatMap((key) => [key, ...otherNumbersOf(key)]));
}

/**
 * @param choices - of each word of the query
 * @returns the rank of an entry in the light of what each word may stand for, and of the services that the words name
 */
export function rankAmongNamed(
  entry: FoundEntry,
  choices: readonly (readonly Choice[])[],
  { byKnownName, byName }: NamedServices,
): number {
  const runs = comparedNamesOf(entry).flatMap((name) => name.runs);
  const chosen = choices.map((each) => (each.length === 1 ? each[0]! : choiceIn(each, runs)!));
  const words = chosen.flatMap((choice) => choice.words);
  const cost = chosen.reduce((sum, choice) => sum + choice.cost, 0);
  const { moduleName } = entry.service;
  const rarity = rarityOf(entry.service);
  const isCalled = callable.has(entry.kind);
  const ofVerb = !isCalled && chosen.some(({ isVerb }) => isVerb) ? VERB_OF_NOUN : 0;
  const rank = rankEntry(entry, words) + cost + ofVerb;
  if (byName.has(moduleName) || byKnownName.has(moduleName)) return rank;
  const isMember = entry.kind === 'property' || entry.kind === 'value';
  const isExact = rank < 10 * level.exactWithSummary && !isMember;
  const rare = rarity === 1 && words.length > 1 ? RARE : 0;
  const abbreviated = chosen.some(({ cost }) => cost < 0) ? RARE_ABBREVIATION * rarity : 0;
  if (isExact) return rank + rare + abbreviated;
  if (byName.size > 0) return rank + ELSEWHERE;
  const elsewhere = byKnownName.size > 0 && rank > LIKELY_RANK ? ELSEWHERE_THAN_KNOWN : 0;
  return rank + rare + abbreviated + elsewhere;
}

const callable: ReadonlySet<SearchKind> = new Set(['operation', 'paginator', 'waiter', 'function', 'method']);

/** A name as it is compared. */
interface ComparedName {
  readonly name: string;
  readonly key: string;
  readonly runs: readonly string[];
}

const compared = new WeakMap<FoundEntry | SearchedService, readonly ComparedName[]>();

/** An error is also found by its name without what all errors have. */
function namesOf({ kind, member, service, symbol }: FoundEntry): readonly string[] {
  if (kind === 'service') return namesOfService(service);
  if (kind === 'error') return [...new Set([symbol, symbol.replace(/(?<=.)(?:Exception|Error|Fault)$/, '')])];
  return [member ?? symbol];
}

function comparedNamesOf(entry: FoundEntry): readonly ComparedName[] {
  const holder = entry.kind === 'service' ? entry.service : entry;
  const names =
    compared.get(holder) ?? namesOf(entry).map((name) => ({ name, key: keyOf(name), runs: runsOf(name) }));
  compared.set(holder, names);
  return names;
}

function levelOf({ key, name, runs }: ComparedName, entry: FoundEntry, words: readonly string[]): number {
  const joined = words.join('');
  const isMember = entry.kind === 'property' || entry.kind === 'value';
  if (key === joined) {
    if (!isMember) return level.exact;
    return wordsOfName(name).length > 1 ? level.exactMember : level.exactShortMember;
  }
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
  const { className, moduleName, otherNames } = entry.service;
  if (isName && others.every((word) => around.includes(word))) {
    if (entry.kind === 'service' || entry.kind === 'client') return level.namesOfService;
    const ofOwnNames = [...ofSymbol, moduleName, ...runsOf(className)];
    if (!isMember && !others.every((word) => ofOwnNames.includes(word))) return level.exactWithKnownName;
    if (!isMember || others.join('') === keyOf(entry.symbol)) return level.exactWithin;
    return others.some((word) => ofSymbol.includes(word)) ? level.memberOfSymbol : level.memberOfService;
  }
  const summary = entry.summary.toLowerCase();
  if (isName && others.every((word) => summary.includes(word))) return level.exactWithSummary;
  if (!isMember && others.every((word) => word === moduleName)) return level.ofNamedService;
  if (callable.has(entry.kind) && otherNames.some((name) => isMadeOf(name, words, others)))
    return level.ofKnownName;
  const isAround = others.every((word) => around.some((run) => run.startsWith(word)));
  return isAround ? level.beginningsWithin : level.text;
}

/** @returns whether the name has words of the query alone, and all of the others */
function isMadeOf(name: string, words: readonly string[], others: readonly string[]): boolean {
  const parts = name.split(' ');
  return parts.every((part) => words.includes(part)) && others.every((other) => parts.includes(other));
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
