import type { ReferenceSymbol } from '@latchkey/codegen';

/** All symbols of one kind. */
export interface SymbolGroup {
  /** HTML id of the group's heading on the overview. */
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

/** @returns all symbols but the client, by kind, without empty groups */
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
