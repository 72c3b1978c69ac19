import { callable, comparedNamesOf, level, levelOf } from './match-level.ts';
import { keyOf } from './names.ts';
import { RANKS, type SearchedService, type SearchKind } from './search-entry.ts';
import type { FoundEntry } from './search-index.ts';
import { type Choice, choiceIn, isVerb, otherNumbersOf } from './synonyms.ts';

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
/** After those of the services that most people use. */
const RANK_OF_SIGN_IN_ERRORS = 20;
/** Added for a verb in place of the typed one where the entry is nothing that one calls. */
const VERB_OF_NOUN = 10;
/** Added to what one cannot call where the first word is a verb: a task is meant. */
const NOT_CALLED = 20;
/** Added, by the rank of the service, where what has an abbreviation is found by what that means. */
const RARE_ABBREVIATION = 26;
/** Added to entries of services that few people use, where several words are typed: names in plain words are of many. */
const RARE = 13;
/** Added to those where a word is by what people know another service: `list alarms` are CloudWatch's. */
const RARE_BESIDE_KNOWN = 6;

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
  const ofService = (kind === 'service' && best === level.exact ? 2 : 8) * rarityOf(service, kind);
  return 10 * best + weights[kind] + ofService + Math.min(2, surplus / 15);
}

/**
 * @returns how few people use a service: 0 to 1. The services for signing in have errors that most others have, too; such an
 *   error is likelier met in one of those which have many operations.
 */
function rarityOf({ moduleName, rank }: SearchedService, kind?: SearchKind): number {
  const isOfSignIn = kind === 'error' && (moduleName === 'sso' || moduleName === 'ssooidc');
  return Math.min(isOfSignIn ? RANK_OF_SIGN_IN_ERRORS : rank, RARE_RANK) / RARE_RANK;
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
  const ofVerb = isCalled ? 0 : costOfVerb(entry, choices, chosen);
  const rank = rankEntry(entry, words) + cost + ofVerb;
  if (byName.has(moduleName) || byKnownName.has(moduleName)) return rank;
  const isMember = entry.kind === 'property' || entry.kind === 'value';
  const isExact = rank < 10 * level.exactWithSummary && !isMember;
  const rare = rarity === 1 && words.length > 1 && entry.kind !== 'service' ? RARE : 0;
  const abbreviated = chosen.some(({ cost }) => cost < 0) ? RARE_ABBREVIATION * rarity : 0;
  if (isExact) return rank + rare + abbreviated + (rare > 0 && byKnownName.size > 0 ? RARE_BESIDE_KNOWN : 0);
  if (byName.size > 0) return rank + ELSEWHERE;
  const elsewhere = byKnownName.size > 0 && rank > LIKELY_RANK ? ELSEWHERE_THAN_KNOWN : 0;
  return rank + rare + abbreviated + elsewhere;
}

/** What a verb among the words adds to the rank of an entry that one cannot call. */
function costOfVerb(
  { kind }: FoundEntry,
  choices: readonly (readonly Choice[])[],
  chosen: readonly Choice[],
): number {
  if (chosen.some(({ isVerb }) => isVerb)) return VERB_OF_NOUN;
  const [first] = choices[0]?.[0]?.words ?? [];
  const isTask = choices.length > 1 && first !== undefined && isVerb(first);
  return isTask && kind !== 'service' ? NOT_CALLED : 0;
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
