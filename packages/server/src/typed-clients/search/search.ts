import { namesService, rankAmongNamed, TEXT_RANK } from './rank-entry.ts';
import type { SearchKind } from './search-entry.ts';
import {
  type FoundEntry,
  quote,
  type SearchIndex,
  type SearchRange,
  tokenOfService,
} from './search-index.ts';
import type { SearchQuery } from './search-query.ts';
import { withSynonyms } from './synonyms.ts';

/** Candidates of one way of looking among the entries of one turn. */
const MAX_CANDIDATES = 60;
/** When fewer entries than this have all words in their names, the documentation is searched, too. */
const FEW = 20;
/** Letters of a word that may be whole; a shorter one is more likely the beginning of others. */
const MIN_WHOLE = 3;
/** Services that one word may mean. */
const MAX_SERVICES = 16;
/** Ways to correct the words of one query that are tried. */
const MAX_CORRECTIONS = 8;

/** Each group of kinds has its turn: the operations that begin with a common word would keep out all else. */
const turns: readonly (readonly SearchKind[])[] = [
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
  const { parts, words } = query;
  if (words.length === 0) return listBest(index.list({ ...query, limit: limit + 1 }), limit);
  const asTyped = new Findings(index, query);
  asTyped.lookInNames(words);
  if (parts !== undefined) asTyped.lookInNames(parts);
  if (asTyped.areFew) asTyped.lookInTexts(words);
  if (!asTyped.haveNames) {
    const others = withSynonyms(words);
    for (const corrected of [...(others === undefined ? [] : [others]), ...correctionsOf(index, words)]) {
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

  ranked(): readonly FoundEntry[] {
    return Array.from(this.#found.values())
      .toSorted((a, b) => a.rank - b.rank || a.entry.id - b.entry.id)
      .map(({ entry }) => entry);
  }

  lookInNames(words: readonly string[]): void {
    const keys = [words.join(''), words.slice(1).join(''), words.slice(0, -1).join(''), ...words];
    const wanted = [...new Set(keys)].filter((key) => key !== '');
    this.#lookInTurns(words, TEXT_RANK, (range) => this.#index.findByKey(wanted, range));
    this.#lookByNames(words, (conditions) => `name : (${conditions.join(' AND ')})`);
    if (words.length < 2) return;
    const services = words.map((word) => this.#servicesWith(word));
    this.#lookByNames(words, (conditions) =>
      conditions
        .map((condition, position) => `(${[condition, ...(services[position] ?? [])].join(' OR ')})`)
        .join(' AND '),
    );
  }

  lookInTexts(words: readonly string[]): void {
    const conditions = words.map(
      (word) => `(${[this.#asTyped(word), ...this.#servicesWith(word)].join(' OR ')})`,
    );
    this.#lookInTurns(words, Infinity, (range) => this.#index.findByTexts(conditions.join(' AND '), range));
  }

  #lookByNames(words: readonly string[], combine: (conditions: readonly string[]) => string): void {
    const asTyped = words.map((word) => this.#asTyped(word));
    this.#lookInTurns(words, TEXT_RANK, (range) => this.#index.findByNames(combine(asTyped), range));
    // Words that are common have so many others which begin with them that a look at all of those would take long.
    const last = `${quote(words.at(-1) ?? '')}*`;
    if (asTyped.at(-1) === last || !this.areFew) return;
    const withEnding = [...asTyped.slice(0, -1), last];
    this.#lookInTurns(words, TEXT_RANK, (range) => this.#index.findByNames(combine(withEnding), range));
  }

  /** @returns the word as it is, where a name has it, else with any ending */
  #asTyped(word: string): string {
    return word.length >= MIN_WHOLE && this.#index.hasTerm(word) ? quote(word) : `${quote(word)}*`;
  }

  /** @returns conditions for entries of the services that have the word in their names */
  #servicesWith(word: string): readonly string[] {
    return this.#index
      .servicesWith(word, MAX_SERVICES)
      .map(({ moduleName }) => quote(tokenOfService(moduleName)));
  }

  #servicesNamedIn(words: readonly string[]): ReadonlySet<string> {
    const services = words.flatMap((word) => this.#index.servicesWith(word, MAX_SERVICES));
    return new Set(
      services.filter((service) => namesService(service, words)).map(({ moduleName }) => moduleName),
    );
  }

  /** @param below - entries of this rank, or a worse one, are none */
  #lookInTurns(
    words: readonly string[],
    below: number,
    find: (range: SearchRange) => readonly FoundEntry[],
  ): void {
    const { kinds, moduleName } = this.#query;
    const named = this.#servicesNamedIn(words);
    for (const turn of turns) {
      const wanted = turn.filter((kind) => kinds.includes(kind));
      if (wanted.length === 0) continue;
      const range = { kinds: wanted, ...(moduleName !== undefined && { moduleName }), limit: MAX_CANDIDATES };
      for (const entry of find(range)) {
        const rank = rankAmongNamed(entry, words, named);
        const known = this.#found.get(entry.id);
        if (rank < below && (known === undefined || rank < known.rank))
          this.#found.set(entry.id, { entry, rank });
      }
    }
  }
}
