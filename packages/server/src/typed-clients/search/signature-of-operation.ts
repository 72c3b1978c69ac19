import type { OperationReference, ReferenceSymbol } from '@latchkey/codegen';
import type { SideOfSignature, Signature } from './search-entry.ts';

/** Members of members of members are the last that are looked at. */
const MAX_DEPTH = 3;
/** Names of one side that are kept. */
const MAX_NAMES = 300;

/** @returns what goes into an operation and what comes out of it */
export function signatureOfOperation(
  { input, output }: OperationReference,
  symbols: ReadonlyMap<string, ReferenceSymbol>,
): Signature {
  return { input: sideOf(input, symbols), output: sideOf(output, symbols) };
}

function sideOf(root: string | undefined, symbols: ReadonlyMap<string, ReferenceSymbol>): SideOfSignature {
  if (root === undefined) return { members: [], types: [], within: [] };
  const direct = namesIn(root, symbols);
  const seen = new Set([root, ...direct.types]);
  const within = new Set<string>();
  let level = direct.types;
  for (let depth = 2; depth <= MAX_DEPTH; depth += 1) {
    const next: string[] = [];
    for (const { members, types } of level.map((symbol) => namesIn(symbol, symbols))) {
      for (const name of [...members, ...types]) if (within.size < MAX_NAMES) within.add(name);
      for (const type of types) {
        if (seen.has(type)) continue;
        seen.add(type);
        next.push(type);
      }
    }
    level = next;
  }
  return { members: direct.members, types: [root, ...direct.types], within: [...within] };
}

/** The members of a structure and the symbols that their types name, e.g. those of the items of a list. */
function namesIn(
  name: string,
  symbols: ReadonlyMap<string, ReferenceSymbol>,
): { readonly members: readonly string[]; readonly types: readonly string[] } {
  const symbol = symbols.get(name);
  const properties = symbol !== undefined && 'properties' in symbol ? symbol.properties : [];
  return {
    members: properties.map((property) => property.name).slice(0, MAX_NAMES),
    types: properties.flatMap(({ type }) => type.flatMap((token) => token.symbol ?? [])).slice(0, MAX_NAMES),
  };
}
