import { keyOf, wordsOfName } from './names.ts';
import { type NotationReading, readNotation } from './notations.ts';
import { type SearchKind, searchKinds } from './search-entry.ts';

const MAX_LENGTH = 200;
const MAX_WORDS = 8;

/** What somebody looks for. */
export interface SearchQuery {
  /** Words in lower case: letters and digits. */
  readonly words: readonly string[];
  /**
   * The parts of words in which capitals or letters after digits begin parts, e.g. `cr` and `to` of `CrTo`. Absent where no word has
   * such, and where one would be a single letter, as in `k8s`: far too many names have a word that begins with it.
   */
  readonly parts?: readonly string[];
  /** All words, where small ones are left out of `words`. */
  readonly sentence?: readonly string[];
  /** Names in inputs and outputs of operations, of a query such as `RoleArn -> Credentials`. */
  readonly signature?: SignatureQuery;
  /** What the text says as other tools write it, e.g. an ARN; absent for other text. */
  readonly notation?: NotationReading & { readonly key: string };
  /** Kinds that are looked for; all when the query names none. */
  readonly kinds: readonly SearchKind[];
  /** Module name of the only service. */
  readonly moduleName?: string;
  /** Filters that cannot be used: what is wrong with each. */
  readonly problems: readonly string[];
}

/** Names that the input and the output of an operation have; one of the two may be empty. */
export interface SignatureQuery {
  readonly input: readonly string[];
  readonly output: readonly string[];
}

const types: readonly SearchKind[] = ['client', 'class', 'type alias', 'interface', 'union', 'enum'];

/** The kinds that a filter chooses, e.g. `type:error`. */
export const kindFilters: Readonly<Record<string, readonly SearchKind[]>> = {
  service: ['service'],
  operation: ['operation', 'paginator', 'waiter'],
  function: ['function', 'method', 'operation', 'paginator', 'waiter'],
  constant: ['constant'],
  paginator: ['paginator'],
  waiter: ['waiter'],
  type: types,
  client: ['client'],
  class: ['client', 'class'],
  interface: ['interface'],
  union: ['union'],
  enum: ['enum'],
  error: ['error', 'errors of an operation'],
  property: ['property'],
  value: ['value'],
};

/** Other words for the filters. */
const synonyms: Readonly<Record<string, string>> = {
  action: 'operation',
  api: 'operation',
  call: 'operation',
  exception: 'error',
  field: 'property',
  member: 'property',
  method: 'function',
  module: 'service',
  parameter: 'property',
  shape: 'type',
  struct: 'interface',
  structure: 'interface',
  symbol: 'type',
};

/**
 * Reads what somebody typed: words, and filters such as `type:error` and `in:s3`. A word with a colon whose first part is no
 * filter is two words.
 */
export function parseSearchQuery(text: string): SearchQuery {
  const problems: string[] = [];
  const kinds = new Set<SearchKind>();
  let moduleName: string | undefined;
  const plain = text.normalize('NFKC').slice(0, MAX_LENGTH);
  const rest: string[] = [];
  const typed = plain.split(/\s+/).flatMap((word) => {
    const [, name = '', value = ''] = /^(type|kind|is|in|service):(.*)$/i.exec(word) ?? [];
    switch (name.toLowerCase()) {
      case 'type':
      case 'kind':
      case 'is': {
        const chosen = kindsOf(value);
        if (chosen === undefined) problems.push(problemOf(word, value));
        for (const kind of chosen ?? []) kinds.add(kind);
        return [];
      }
      case 'in':
      case 'service':
        if (value !== '') moduleName = value.toLowerCase();
        return [];
      default:
        rest.push(word);
        return word.split(/[^\p{L}\p{N}]+/u);
    }
  });
  const all = typed.filter((word) => word !== '');
  const named = withoutSmallWords(all).slice(0, MAX_WORDS);
  const parts = named.flatMap(wordsOfName);
  const notation = readNotation(rest.join(' ').trim());
  const signature = readSignature(rest.join(' '));
  return {
    words: named.map(keyOf),
    ...(areWorthLookingFor(parts, named) && { parts }),
    ...(all.length > named.length && all.length <= MAX_WORDS && { sentence: all.map(keyOf) }),
    ...(signature !== undefined && { signature }),
    ...(notation !== undefined && {
      notation: { ...notation, words: notation.words.slice(0, MAX_WORDS), key: keyOf(rest.join('')) },
    }),
    kinds: kinds.size === 0 ? searchKinds : searchKinds.filter((kind) => kinds.has(kind)),
    ...(moduleName !== undefined && { moduleName }),
    problems,
  };
}

/** @returns undefined where there is no arrow, or no name beside it */
function readSignature(text: string): SignatureQuery | undefined {
  const [left, right] = text.split(/->|=>|→/, 2);
  if (left === undefined || right === undefined) return undefined;
  const [input, output] = [left, right].map((side) =>
    side
      .split(/[,()]/)
      .map((name) => name.trim())
      .filter((name) => keyOf(name) !== '')
      .slice(0, MAX_WORDS),
  );
  return input === undefined || output === undefined || input.length + output.length === 0
    ? undefined
    : { input, output };
}

/** @returns undefined for a word that is no kind, nothing for none */
function kindsOf(value: string): readonly SearchKind[] | undefined {
  if (value === '') return [];
  const word = value.toLowerCase();
  const singular = word.replace(/(?<=[^s])s$/, '').replace(/ie$/, 'y');
  return [word, singular]
    .map((each) => kindFilters[synonyms[each] ?? each])
    .find((found) => found !== undefined);
}

function problemOf(word: string, value: string): string {
  return `“${word}” was ignored: there is no kind “${value}”. There are ${Object.keys(kindFilters).join(', ')}.`;
}

/** Words of sentences, which no name needs. */
const smallWords = new Set(
  (
    'a all an and another are as at by can do does every for from get how i if in into is it many multiple my new of on one ' +
    'or several some that the their this to use using via want what when where which with without'
  ).split(' '),
);

/** What all services have in common, or by what tool they are called. */
const wordsOfAll = new Set('aws amazon boto3 sdk cli terraform'.split(' '));

/** Leaves out the small words of a sentence, and what says nothing beside other words; two words are no sentence. */
export function withoutSmallWords(typed: readonly string[]): readonly string[] {
  const withoutCommon = typed.filter((word) => !wordsOfAll.has(word.toLowerCase()));
  const words = withoutCommon.length === 0 ? typed : withoutCommon;
  if (words.length < 3) return words;
  const [first = ''] = words;
  const isQuestion = smallWords.has(first.toLowerCase()) && first.toLowerCase() !== 'get';
  const rest = words.filter(
    (word) => !smallWords.has(word.toLowerCase()) || (word.toLowerCase() === 'get' && !isQuestion),
  );
  return rest.length === 0 ? words : rest;
}

function areWorthLookingFor(parts: readonly string[], words: readonly string[]): boolean {
  return (
    parts.length > words.length &&
    parts.length <= MAX_WORDS &&
    parts.every((part) => /^(?:.{2,}|\d)$/.test(part))
  );
}
