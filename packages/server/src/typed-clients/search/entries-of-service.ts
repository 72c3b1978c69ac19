import { type Described, type ReferenceSymbol, type ServiceReference, textOf } from '@latchkey/codegen';
import { type ServiceEntry, titleOf } from '../service-entry.ts';
import { knownNames, rankOfService } from './known-names.ts';
import { plainText } from './plain-text.ts';
import type { SearchEntry, SearchedService, SearchKind } from './search-entry.ts';
import { withoutSmallWords } from './search-query.ts';
import { signatureOfOperation } from './signature-of-operation.ts';

export function searchedService(entry: ServiceEntry): SearchedService {
  const { className, files, moduleName } = entry;
  const names = [
    ...files.flatMap(({ endpointPrefix, sdkId }) => [sdkId, endpointPrefix ?? '']),
    ...(knownNames[moduleName] ?? []),
  ];
  return {
    moduleName,
    className,
    title: titleOf(entry),
    otherNames: [...new Set(names.flatMap(withVariants))].filter((name) => name !== ''),
    rank: rankOfService(moduleName),
  };
}

/** A name, and what people type of it: in the singular, and without its small words, which a query leaves out, too. */
function withVariants(name: string): readonly string[] {
  const words = name.split(' ');
  const singular = words.map((word) => (word.length > 4 ? word.replace(/(?<![isu])s$/, '') : word)).join(' ');
  return [name, singular, withoutSmallWords(words).join(' ')];
}

/** What a search finds in a service: the service itself, the methods of its client, and its symbols with their members. */
export function entriesOfService(
  { className, title }: SearchedService,
  reference: ServiceReference,
): readonly SearchEntry[] {
  const { client, symbols } = reference;
  const symbolsByName = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  return [
    entryOf('service', title, reference),
    ...client.operations.flatMap((operation) =>
      operation.methods.map(({ name, purpose }) => ({
        ...entryOf(methodKinds[purpose], className, operation, name),
        ...(purpose === 'call' && { signature: signatureOfOperation(operation, symbolsByName) }),
      })),
    ),
    ...symbols.flatMap((symbol) => [entryOfSymbol(symbol), ...membersOf(symbol)]),
  ];
}

const methodKinds = { call: 'operation', pages: 'paginator', wait: 'waiter' } as const;

const symbolKinds: Readonly<Record<ReferenceSymbol['kind'], SearchKind>> = {
  class: 'client',
  interface: 'interface',
  union: 'union',
  enum: 'enum',
  'error class': 'error',
  'error union': 'errors of an operation',
};

/** An error is found by the code that the service answers, too, e.g. `AWS.SimpleQueueService.NonExistentQueue`. */
function entryOfSymbol(symbol: ReferenceSymbol): SearchEntry {
  const entry = entryOf(symbolKinds[symbol.kind], symbol.name, symbol);
  const code = symbol.kind === 'error class' ? symbol.error?.code : undefined;
  return code === undefined ? entry : { ...entry, text: `${code} ${entry.text}` };
}

function membersOf(symbol: ReferenceSymbol): readonly SearchEntry[] {
  switch (symbol.kind) {
    case 'interface':
    case 'union':
    case 'error class':
      return symbol.properties.map((each) => entryOf('property', symbol.name, each, each.name));
    case 'enum':
      return symbol.values.map((each) => {
        const entry = entryOf('value', symbol.name, each, each.name);
        return { ...entry, text: `${each.value} ${entry.text}` };
      });
    default:
      return [];
  }
}

function entryOf(
  kind: SearchKind,
  symbol: string,
  { documentation, summary }: Described,
  member?: string,
): SearchEntry {
  return {
    kind,
    symbol,
    ...(member !== undefined && { member }),
    summary: textOf(summary).replaceAll(/\s+/g, ' ').trim(),
    text: plainText(documentation),
  };
}
