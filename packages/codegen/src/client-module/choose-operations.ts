import { nameOf, type OperationShape } from '@latchkey/smithy';

/** No operation of the service matches a pattern in `actions`. */
export class NoMatchingAction extends Error {
  override readonly name = 'NoMatchingAction';
  readonly pattern: string;
  /** Names of operations that are similar to the pattern, nearest first. */
  readonly nearMatches: readonly string[];
  /** The names of all operations of the service. */
  readonly available: readonly string[];

  constructor(pattern: string, available: readonly string[]) {
    const near = findNear(pattern, available);
    const hint = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`;
    super(`No operation matches "${pattern}"${hint}`);
    this.pattern = pattern;
    this.nearMatches = near;
    this.available = available;
  }
}

/** What `actions` choose of a service. */
export interface ChosenOperations {
  /** In the order of the service. */
  readonly operations: readonly OperationShape[];
  /** Why some patterns chose nothing. */
  readonly unmatched: readonly NoMatchingAction[];
}

/**
 * The operations that match one of the patterns; all operations when there are no patterns. `*` stands for any characters;
 * case does not matter.
 *
 * @throws {NoMatchingAction} when no operation matches any pattern
 */
export function chooseOperations(
  operations: readonly OperationShape[],
  patterns: readonly string[] | undefined,
): ChosenOperations {
  if (patterns === undefined || patterns.length === 0) return { operations, unmatched: [] };
  const names = operations.map(({ id }) => nameOf(id));
  const matchers = patterns.map((pattern) => ({ pattern, matches: matcherOf(pattern) }));
  const unmatched = matchers
    .filter(({ matches }) => !names.some(matches))
    .map(({ pattern }) => new NoMatchingAction(pattern, names));
  const chosen = operations.filter(({ id }) => matchers.some(({ matches }) => matches(nameOf(id))));
  if (chosen.length === 0 && unmatched[0] !== undefined) throw unmatched[0];
  return { operations: chosen, unmatched };
}

/** Compiles a pattern. Finds the pieces between the stars in turn; a regular expression with many stars could take exponential time. */
function matcherOf(pattern: string): (name: string) => boolean {
  const [start = '', ...pieces] = pattern.toLowerCase().split('*');
  const end = pieces.pop();
  return (mixedCase) => {
    const name = mixedCase.toLowerCase();
    if (end === undefined) return name === start;
    let at = start.length;
    const limit = name.length - end.length;
    if (at > limit || !name.startsWith(start) || !name.endsWith(end)) return false;
    for (const piece of pieces) {
      const found = name.indexOf(piece, at);
      at = found + piece.length;
      if (found === -1 || at > limit) return false;
    }
    return true;
  };
}

/** Up to three names that have nearly the same beginning and end as the pattern. */
function findNear(pattern: string, names: readonly string[]): readonly string[] {
  const wanted = pattern.replaceAll('*', '').toLowerCase();
  return names
    .map((name) => ({ name, likeness: likenessOf(wanted, name.toLowerCase()) }))
    .filter(({ likeness }) => likeness > 0.6)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Likeness from 0 to 1: length of the common beginning and end, divided by the length of the longer one. */
function likenessOf(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return (start + end) / Math.max(a.length, b.length, 1);
}
