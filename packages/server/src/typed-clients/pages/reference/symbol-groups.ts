import type { ReferenceSymbol } from '@latchkey/codegen';

/** Symbols of a kind. */
export interface SymbolGroup {
  /** Of its part of the overview. */
  readonly id: string;
  readonly title: string;
  readonly symbols: readonly ReferenceSymbol[];
}

const kinds: readonly (readonly [kind: ReferenceSymbol['kind'], id: string, title: string])[] = [
  ['interface', 'all-interfaces', 'Interfaces'],
  ['union', 'all-unions', 'Unions'],
  ['enum', 'all-enums', 'Enums'],
  ['error class', 'all-errors', 'Errors'],
  ['error union', 'all-error-types', 'Errors by operation'],
];

/** Everything but the client, by kind; kinds that there are none of are left out. */
export function groupSymbols(symbols: readonly ReferenceSymbol[]): readonly SymbolGroup[] {
  return kinds
    .map(([kind, id, title]) => ({ id, title, symbols: symbols.filter((symbol) => symbol.kind === kind) }))
    .filter((group) => group.symbols.length > 0);
}

export const kindNames: Readonly<Record<ReferenceSymbol['kind'], string>> = {
  class: 'Client',
  interface: 'Interface',
  union: 'Union',
  enum: 'Enum',
  'error class': 'Error',
  'error union': 'Errors of an operation',
};
