import { findKnown } from './find-known.ts';
import {
  LIKELY_RANK,
  type NamedServices,
  OBVIOUS_RANK,
  rankAmongNamed,
  servicesNamedIn,
  TEXT_RANK,
} from './rank-entry.ts';
import type { SearchKind } from './search-entry.ts';
import {
  type FoundEntry,
  quote,
  type SearchGroups,
  type SearchIndex,
  tokenOfService,
} from './search-index.ts';
import type { SearchQuery } from './search-query.ts';
import { searchSignatures } from './search-signatures.ts';
import { type Choice, choicesOf, combinationsOf, keysOf, typedAlone } from './synonyms.ts';

/** Candidates of one way of looking among the entries of one group of kinds. */
const MAX_CANDIDATES = 60;
/** When fewer entries than this have all words in their names, the documentation is searched, too. */
const FEW = 20;
/** Letters of a word that may be whole; a shorter one is more likely the beginning of others. */
const MIN_WHOLE = 3;
/** Services that one word may mean. */
const MAX_SERVICES = 16;
/** Ways to correct the words of one query that are tried. */
const MAX_CORRECTIONS = 8;

/** Each group of kinds has its candidates: the operations that begin with a common word would keep out all else. */
const groupsOfKinds: readonly (readonly SearchKind[])[] = [
  ['service'],
  ['operation', 'paginator', 'waiter'],
  ['client', 'class', 'function', 'constant', 'type alias', 'interface', 'union', 'enum'],
  ['error'],
  ['errors of an operation'],
  ['method'],
  ['property'],
  ['value'],
];

export interface SearchResult {
  /** Best first. */
  readonly entries: readonly FoundEntry[];
  /** Whether there are more, which are not listed. */
  readonly more: boolean;
  /** What was looked for instead, where nothing has the words as they were typed. */
  readonly insteadOf?: { readonly typed: readonly string[]; readonly words: readonly string[] };
}

/** @returns what has the words of the query in its names or its documentation */
export function search(index: SearchIndex, query: SearchQuery, limit: number): SearchResult {
  const { notation, parts, sentence, signature, words } = query;
  if (signature !== undefined && query.kinds.includes('operation')) {
    const { corrected, entries } = searchSignatures(index, signature, { ...query, limit: limit + 1 });
    return {
      ...listBest(entries, limit),
      ...(corrected !== undefined && { insteadOf: { typed: words, words: corrected } }),
    };
  }
  if (words.length === 0) return listBest(index.list({ ...query, limit: limit + 1 }), limit);
  if (notation !== undefined && !index.hasTerm(notation.key)) {
    const kinds = notation.isService ? query.kinds.filter((kind) => kind === 'service') : query.kinds;
    const found = new Findings(index, { ...query, kinds });
    found.lookInNames(notation.words);
    if (found.haveNames) return listBest(found.ranked(), limit);
  }
  const asTyped = new Findings(index, query);
  asTyped.addKnown(words);
  asTyped.lookInNames(words);
  if (parts !== undefined && !asTyped.areLikely) asTyped.lookInNames(parts);
  // Small words may be of a name, such as `removeUserFromGroup`.
  if (sentence !== undefined && index.hasTerm(sentence.join(''))) asTyped.lookForKeys(sentence);
  if (asTyped.areFew) asTyped.lookInTexts(words);
  if (!asTyped.haveNames) {
    for (const corrected of correctionsOf(index, words)) {
      const found = new Findings(index, query);
      found.lookInNames(corrected);
      if (found.haveNames)
        return { ...listBest(found.ranked(), limit), insteadOf: { typed: words, words: corrected } };
    }
  }
  if (asTyped.isEmpty) {
    for (const fewer of withoutOneWord(words).flatMap((rest) => [rest, ...correctionsOf(index, rest)])) {
      const found = new Findings(index, query);
      found.lookInNames(fewer);
      found.lookInTexts(fewer);
      if (!found.isEmpty)
        return { ...listBest(found.ranked(), limit), insteadOf: { typed: words, words: fewer } };
    }
  }
  return listBest(asTyped.ranked(), limit);
}

function listBest(entries: readonly FoundEntry[], limit: number): SearchResult {
  return { entries: entries.slice(0, limit), more: entries.length > limit };
}

/** The words with each that no name has put right, in all ways that are equally near; nothing when every word is known. */
function correctionsOf(index: SearchIndex, words: readonly string[]): readonly (readonly string[])[] {
  const choices = words.map((word) => {
    const near = index.hasTermWith(word) ? [] : index.findNearTerms(word);
    return near.length === 0 ? [word] : near;
  });
  if (choices.every(([first], position) => first === words[position])) return [];
  return choices.reduce<readonly (readonly string[])[]>(
    (before, choice) =>
      before.flatMap((start) => choice.map((word) => [...start, word])).slice(0, MAX_CORRECTIONS),
    [[]],
  );
}

function withoutOneWord(words: readonly string[]): readonly (readonly string[])[] {
  return words.length < 2 ? [] : words.map((_, index) => words.toSpliced(index, 1));
}

/** The entries found so far, each with its best rank. */
class Findings {
  readonly #index: SearchIndex;
  readonly #query: SearchQuery;
  readonly #found = new Map<number, { readonly entry: FoundEntry; readonly rank: number }>();

  readonly #services = new Map<string, readonly string[]>();
  readonly #named = new Map<string, NamedServices>();

  constructor(index: SearchIndex, query: SearchQuery) {
    this.#index = index;
    this.#query = query;
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  get areFew(): boolean {
    return this.#found.size < FEW;
  }

  /** Whether an entry has the words in its names. */
  get haveNames(): boolean {
    return this.#found.values().some(({ rank }) => rank < TEXT_RANK);
  }

  /** Whether an entry has the words so well that they need no other reading. */
  get areLikely(): boolean {
    return this.#bestRank() <= LIKELY_RANK;
  }

  ranked(): readonly FoundEntry[] {
    return Array.from(this.#found.values())
      .toSorted((a, b) => a.rank - b.rank || a.entry.id - b.entry.id)
      .map(({ entry }) => entry);
  }

  /** Looks for the words, and for what they may stand for unless that is needless. */
  lookInNames(words: readonly string[]): void {
    const typed = words.map(typedAlone);
    this.#lookForNames(words, typed);
    const choices = words.map((word) => choicesOf(word).filter((choice) => this.#isKnown(choice, word)));
    if (this.#bestRank() > OBVIOUS_RANK && choices.some(({ length }) => length > 1))
      this.#lookForNames(words, choices);
  }

  /** Looks for entries whose whole name the words are. */
  lookForKeys(
    words: readonly string[],
    choices: readonly (readonly Choice[])[] = words.map(typedAlone),
  ): void {
    const wanted = [...new Set([...combinationsOf(choices).flatMap(keysOf), ...words])];
    this.#look(words, choices, TEXT_RANK, (range) => this.#index.findByKey(wanted, range));
  }

  /** Adds what people know by names of their own that the words are. */
  addKnown(words: readonly string[]): void {
    for (const { entry, rank } of findKnown(this.#index, words, this.#query)) this.#add(entry, rank);
  }

  #add(entry: FoundEntry, rank: number): void {
    const known = this.#found.get(entry.id);
    if (known === undefined || rank < known.rank) this.#found.set(entry.id, { entry, rank });
  }

  #isKnown(choice: Choice, typed: string): boolean {
    return choice.words.every((word) => word === typed || this.#index.hasTerm(word));
  }

  #bestRank(): number {
    return this.#found.values().reduce((best, { rank }) => Math.min(best, rank), Infinity);
  }

  #lookForNames(words: readonly string[], choices: readonly (readonly Choice[])[]): void {
    this.lookForKeys(words, choices);
    this.#lookByNames(words, choices, (conditions) => `name : (${conditions.join(' AND ')})`);
    if (words.length < 2 || this.#bestRank() <= OBVIOUS_RANK) return;
    const services = words.map((word) => this.#servicesWith(word));
    this.#lookByNames(words, choices, (conditions) =>
      conditions
        .map((condition, position) => `(${[condition, ...(services[position] ?? [])].join(' OR ')})`)
        .join(' AND '),
    );
  }

  lookInTexts(words: readonly string[]): void {
    const conditions = words.map(
      (word) => `(${[this.#asTyped(word), ...this.#servicesWith(word)].join(' OR ')})`,
    );
    const typed = words.map(typedAlone);
    this.#look(words, typed, Infinity, (range) => this.#index.findByTexts(conditions.join(' AND '), range));
  }

  #lookByNames(
    words: readonly string[],
    choices: readonly (readonly Choice[])[],
    combine: (conditions: readonly string[]) => string,
  ): void {
    const conditions = choices.map((each) => {
      const ways = each.map((choice) => choice.words.map((word) => this.#asTyped(word)).join(' AND '));
      return ways.length === 1 ? ways[0]! : `(${ways.map((way) => `(${way})`).join(' OR ')})`;
    });
    this.#look(words, choices, TEXT_RANK, (range) => this.#index.findByNames(combine(conditions), range));
    // Words that are common have so many others which begin with them that a look at all of those would take long.
    const last = `${quote(words.at(-1) ?? '')}*`;
    const isTyped = choices.every(({ length }) => length === 1);
    if (!isTyped || conditions.at(-1) === last || !this.areFew) return;
    const withEnding = [...conditions.slice(0, -1), last];
    this.#look(words, choices, TEXT_RANK, (range) => this.#index.findByNames(combine(withEnding), range));
  }

  /** @returns the word as it is, where a name has it, else with any ending */
  #asTyped(word: string): string {
    return word.length >= MIN_WHOLE && this.#index.hasTerm(word) ? quote(word) : `${quote(word)}*`;
  }

  /** @returns conditions for entries of the services that have the word in their names */
  #servicesWith(word: string): readonly string[] {
    const known =
      this.#services.get(word) ??
      this.#index.servicesWith(word, MAX_SERVICES).map(({ moduleName }) => quote(tokenOfService(moduleName)));
    this.#services.set(word, known);
    return known;
  }

  #servicesNamedIn(words: readonly string[]): NamedServices {
    const key = words.join(' ');
    const known = this.#named.get(key) ?? servicesNamedIn(this.#index.services(), words);
    this.#named.set(key, known);
    return known;
  }

  /** @param below - entries of this rank, or a worse one, are none */
  #look(
    words: readonly string[],
    choices: readonly (readonly Choice[])[],
    below: number,
    find: (groups: SearchGroups) => readonly FoundEntry[],
  ): void {
    const { kinds, moduleName } = this.#query;
    const named = this.#servicesNamedIn(words);
    const groups = groupsOfKinds
      .map((group) => group.filter((kind) => kinds.includes(kind)))
      .filter((wanted) => wanted.length > 0);
    const range = { groups, ...(moduleName !== undefined && { moduleName }), limit: MAX_CANDIDATES };
    for (const found of find(range)) {
      const entry = this.#found.get(found.id)?.entry ?? found;
      const rank = rankAmongNamed(entry, choices, named);
      if (rank < below) this.#add(entry, rank);
    }
  }
}
