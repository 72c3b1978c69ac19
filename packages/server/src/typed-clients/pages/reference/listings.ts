import type { OperationReference, ReferenceSymbol } from '@latchkey/codegen';
import { html } from 'hono/html';
import type { ListedName, Listing } from './listing.ts';
import type { ServiceDocs } from './service-docs.ts';
import { groupSymbols } from './symbol-groups.ts';

/** Everything that a service's module exports, by kind. */
export function listingsOf(docs: ServiceDocs): readonly Listing[] {
  const { symbols } = docs.reference;
  return [
    operationsOf(docs),
    ...groupSymbols(symbols).map((group) => ({
      id: group.id,
      kind: group.title,
      title: group.title,
      entries: group.symbols.map((symbol) => listSymbol(symbol, docs)),
    })),
  ];
}

/** The operations of a service, each with its paginator and its waiters. */
export function operationsOf(docs: ServiceDocs): Listing {
  const { client } = docs.reference;
  return {
    id: 'all-operations',
    kind: 'Operations',
    title: html`Operations of <a href="${docs.urls.symbol(client.name)}"><code>${client.name}</code></a>`,
    entries: client.operations.map((operation) => listOperation(operation, docs)),
  };
}

function listOperation({ deprecated, methods, summary }: OperationReference, docs: ServiceDocs): ListedName {
  return {
    names: methods.map(({ name }) => ({ name, href: docs.urls.method(name) })),
    summary,
    isDeprecated: deprecated !== undefined,
  };
}

/** The sentence of an operation's errors is the same for all, so it is not listed. */
function listSymbol({ deprecated, kind, name, summary }: ReferenceSymbol, docs: ServiceDocs): ListedName {
  return {
    names: [{ name, href: docs.urls.symbol(name) }],
    summary: kind === 'error union' ? [] : summary,
    isDeprecated: deprecated !== undefined,
  };
}
