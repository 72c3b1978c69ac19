import { keyOf, runsOf, wordsOfName } from './names.ts';
import { namesOfService, runsOfService } from './names-of-service.ts';
import type { SearchedService, SearchKind } from './search-entry.ts';
import type { FoundEntry } from './search-index.ts';
import { isVerb, otherNumbersOf } from './synonyms.ts';

/** How well words fit the names of an entry, from 0 for the best to 7. */
export const level = {
  /** The words are the name. */
  exact: 0,
  /** The words are the name, but for its number. */
  otherNumber: 0.4,
  /** The words are those of the name, in another order. */
  otherOrder: 0.9,
  /** The words are all that the name of an operation has behind its verb. */
  behindVerb: 0.95,
  /** Some words are the name, the others are words of the names around it. */
  exactWithin: 1,
  /** Some words are the name, the others are words by which people know the service. */
  exactWithKnownName: 1.2,
  /** As before, where those are only some words of such a name. */
  exactWithPartOfKnownName: 2.3,
  /** Some words are the name, the others are in its summary. */
  exactWithSummary: 1.3,
  /** Some words are the name of a member, the others words of its symbol's name. */
  memberOfSymbol: 1.6,
  /** As before, where some of the others are words of its service's names. */
  memberAround: 1.7,
  /** As the two before, where the name is one word, such as `bucket`. */
  shortMemberOfSymbol: 2.5,
  shortMemberAround: 2.6,
  /** The words are the name of a property or a value. */
  exactMember: 0.3,
  /** As before, where the name is one word: many words that begin the names of operations are such, too. */
  exactShortMember: 1.75,
  begins: 2,
  /** The words begin what the name of an operation has behind its verb. */
  beginsBehindVerb: 1.95,
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
  /** As before, where only a verb is in the name, which says nothing of what is done with. */
  verbWithin: 6.5,
  /** Some words are only in the documentation. */
  text: 7,
} as const;

/** What one calls. */
export const callable: ReadonlySet<SearchKind> = new Set([
  'operation',
  'paginator',
  'waiter',
  'function',
  'method',
]);

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

export function comparedNamesOf(entry: FoundEntry): readonly ComparedName[] {
  const holder = entry.kind === 'service' ? entry.service : entry;
  const names =
    compared.get(holder) ?? namesOf(entry).map((name) => ({ name, key: keyOf(name), runs: runsOf(name) }));
  compared.set(holder, names);
  return names;
}

/** @returns one of the levels */
export function levelOf(
  { key, name, runs }: ComparedName,
  entry: FoundEntry,
  words: readonly string[],
): number {
  const joined = words.join('');
  const isMember = entry.kind === 'property' || entry.kind === 'value';
  if (key === joined) {
    if (!isMember) return level.exact;
    return wordsOfName(name).length > 1 ? level.exactMember : level.exactShortMember;
  }
  if (!isMember && isInOtherNumber(key, joined, words.at(-1) ?? '')) return level.otherNumber;
  const inName = words.filter((word) => runs.some((run) => run.startsWith(word)));
  if (inName.length === words.length) {
    if (key.startsWith(joined)) return level.begins;
    const areWhole = words.every((word) => runs.includes(word));
    if (!isMember && areWhole && joined.length === key.length) return level.otherOrder;
    const [, behind = ''] = runs;
    if (entry.kind === 'operation' && behind.startsWith(joined) && !isVerb(words[0] ?? ''))
      return behind === joined ? level.behindVerb : level.beginsBehindVerb;
    if (runs.some((run) => run.startsWith(joined))) return level.contains;
    return areWhole ? level.wholeWords : level.beginnings;
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
    const ofKnownNames = others.filter((word) => !ofOwnNames.includes(word));
    if (!isMember && ofKnownNames.length > 0)
      return otherNames.some((name) => isMadeOf(name, words, ofKnownNames))
        ? level.exactWithKnownName
        : level.exactWithPartOfKnownName;
    if (!isMember || others.join('') === keyOf(entry.symbol)) return level.exactWithin;
    if (!others.some((word) => ofSymbol.includes(word))) return level.memberOfService;
    const isOfSymbol = others.every((word) => ofSymbol.includes(word));
    if (wordsOfName(name).length > 1) return isOfSymbol ? level.memberOfSymbol : level.memberAround;
    return isOfSymbol ? level.shortMemberOfSymbol : level.shortMemberAround;
  }
  const summary = entry.summary.toLowerCase();
  if (isName && others.every((word) => summary.includes(word))) return level.exactWithSummary;
  if (!isMember && others.every((word) => word === moduleName)) return level.ofNamedService;
  if (callable.has(entry.kind) && otherNames.some((name) => isMadeOf(name, words, others)))
    return level.ofKnownName;
  const isAround = others.every((word) => around.some((run) => run.startsWith(word)));
  if (!isAround) return level.text;
  return inName.length === 1 && inName.every(isVerb) ? level.verbWithin : level.beginningsWithin;
}

/** @returns whether the key is the words run together, but for the number of the last one */
function isInOtherNumber(key: string, joined: string, last: string): boolean {
  if (Math.abs(key.length - joined.length) > 2) return false;
  const start = joined.slice(0, joined.length - last.length);
  return key.startsWith(start) && otherNumbersOf(last).includes(key.slice(start.length));
}

/** @returns whether the name has words of the query alone, and all of the others */
function isMadeOf(name: string, words: readonly string[], others: readonly string[]): boolean {
  const parts = name.split(' ');
  return parts.every((part) => words.includes(part)) && others.every((other) => parts.includes(other));
}
