import type { Described, ReferenceSymbol } from '@latchkey/codegen';
import { plainText } from './plain-text.ts';
import type { ReferenceIndex } from './reference-index.ts';

/** A symbol, a method of the client, or a property or value of a symbol, as the search finds it. */
export interface Entry {
  readonly kind: ReferenceSymbol['kind'] | 'operation' | 'property' | 'value';
  readonly symbol: string;
  /** Absent for a symbol itself. */
  readonly member?: string;
  /** Full name, e.g. `CreateTokenRequest.clientId`. */
  readonly name: string;
  readonly text: string;
}

export interface Found {
  /** The results, best first. */
  readonly entries: readonly Entry[];
  /** Number of all results, of which `entries` are the first. */
  readonly total: number;
}

const MAX_FOUND = 100;
const MAX_WORDS = 8;

/** The entries of each reference, which live as long as the reference. */
const entriesOf = new WeakMap<ReferenceIndex, readonly Entry[]>();

/** @returns the entries that have all words of the query in their name or documentation, best matches first */
export function search(index: ReferenceIndex, query: string): Found {
  const words = wordsOf(query);
  if (words.length === 0) return { entries: [], total: 0 };
  const entries = entriesOf.get(index) ?? listEntries(index);
  entriesOf.set(index, entries);
  const found = entries
    .map((entry) => ({ entry, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .toSorted((a, b) => a.rank - b.rank || a.entry.name.length - b.entry.name.length);
  return { entries: found.slice(0, MAX_FOUND).map(({ entry }) => entry), total: found.length };
}

/** @returns the words of a query, in lower case */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/[\s.]+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

const NOT_FOUND = 6;

/**
 * The lower, the better: 0 and 1 for an exact name, 2 and 3 for all words in the own name, 4 for words in the name of the
 * symbol, too, 5 for words in the text.
 */
function rankOf({ member, name, symbol, text }: Entry, words: readonly string[]): number {
  const own = (member ?? symbol).toLowerCase();
  const whole = name.toLowerCase();
  if (words.join('.') === whole || words.join('') === own) return member === undefined ? 0 : 1;
  const [first = ''] = words;
  if (words.every((word) => own.includes(word))) return own.startsWith(first) ? 2 : 3;
  // A word in the name of the symbol alone says nothing about a property.
  const inOwn = words.some((word) => own.includes(word));
  if (inOwn && words.every((word) => whole.includes(word))) return 4;
  const lower = text.toLowerCase();
  const inText = words.some((word) => lower.includes(word));
  return (inOwn || inText) && words.every((word) => whole.includes(word) || lower.includes(word))
    ? 5
    : NOT_FOUND;
}

function listEntries({ reference }: ReferenceIndex): readonly Entry[] {
  const { client, symbols } = reference;
  return [
    ...client.operations.flatMap((operation) =>
      operation.methods.map(({ name }) => memberEntry('operation', client.name, name, operation)),
    ),
    ...symbols.flatMap((symbol) => [
      { kind: symbol.kind, symbol: symbol.name, name: symbol.name, text: plainText(symbol.documentation) },
      ...membersOf(symbol),
    ]),
  ];
}

function membersOf(symbol: ReferenceSymbol): readonly Entry[] {
  switch (symbol.kind) {
    case 'interface':
    case 'union':
    case 'error class':
      return symbol.properties.map((each) => memberEntry('property', symbol.name, each.name, each));
    case 'enum':
      return symbol.values.map((each) =>
        memberEntry('value', symbol.name, each.name, each, `${each.value} `),
      );
    default:
      return [];
  }
}

function memberEntry(
  kind: Entry['kind'],
  symbol: string,
  member: string,
  { documentation }: Described,
  text = '',
): Entry {
  return { kind, symbol, member, name: `${symbol}.${member}`, text: text + plainText(documentation) };
}
