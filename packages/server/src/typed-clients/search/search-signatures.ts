import { keyOf, wordsOfName } from './names.ts';
import { type FoundEntry, quote, type SearchIndex } from './search-index.ts';
import type { SignatureQuery } from './search-query.ts';

interface Found {
  readonly entries: readonly FoundEntry[];
  /** The names that were looked for, where one of them was mistyped. */
  readonly corrected?: readonly string[];
}

/**
 * Finds operations by what goes into them and what comes out, e.g. `RoleArn -> Credentials`. First come those whose output is
 * of the type, or has a member of it; then those that have members of these names; then those that have them deeper within.
 */
export function searchSignatures(
  index: SearchIndex,
  { input, output }: SignatureQuery,
  { limit, moduleName }: { readonly limit: number; readonly moduleName?: string },
): Found {
  const known = new Map([...input, ...output].map((name) => [name, nearestName(index, name)]));
  const conditionsOf = (names: readonly string[], columns: string) =>
    names.map((name) => `{${columns}} : (${known.get(name)?.condition})`);
  const tiers = [
    ['input input_type', 'output_type'],
    ['input input_type', 'output output_type'],
    ['input input_type input_within', 'output output_type output_within'],
  ] as const;
  const found = new Map<number, FoundEntry>();
  for (const [ofInput, ofOutput] of tiers) {
    if (found.size >= limit) break;
    const conditions = [...conditionsOf(input, ofInput), ...conditionsOf(output, ofOutput)];
    const entries = index.findBySignature(conditions.join(' AND '), {
      limit,
      ...(moduleName !== undefined && { moduleName }),
    });
    for (const entry of entries) if (!found.has(entry.id)) found.set(entry.id, entry);
  }
  const isCorrected = known.values().some(({ instead }) => instead !== undefined);
  return {
    entries: [...found.values()].slice(0, limit),
    ...(isCorrected && { corrected: Array.from(known, ([name, { instead }]) => instead ?? keyOf(name)) }),
  };
}

/** How a name is looked for: as it is, else as the beginning of names, else as each of its words, else as the nearest name. */
function nearestName(
  index: SearchIndex,
  name: string,
): { readonly condition: string; readonly instead?: string } {
  const key = keyOf(name);
  if (index.hasNameInSignature(key)) return { condition: quote(key) };
  if (index.hasNameInSignatureWith(key)) return { condition: `${quote(key)}*` };
  const words = wordsOfName(name);
  if (words.length > 1 && words.every((word) => index.hasNameInSignature(word)))
    return { condition: words.map(quote).join(' AND ') };
  const [near] = index.findNearNamesInSignatures(key);
  return near === undefined ? { condition: quote(key) } : { condition: quote(near), instead: near };
}
