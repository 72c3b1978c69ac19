import { nameOf, type OperationShape } from '@latchkey/smithy';

/** A pattern of `actions` that no operation of the service matches. */
export class NoMatchingAction extends Error {
  override readonly name = 'NoMatchingAction';
  readonly pattern: string;
  /** Names of operations that are much like the pattern, nearest first. */
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

/**
 * The operations that one of the patterns matches, in the order of the service; all of them when there are no patterns.
 * `*` stands for any run of characters; case does not count.
 *
 * @throws {NoMatchingAction} for the first pattern that matches none
 */
export function chooseOperations(
  operations: readonly OperationShape[],
  patterns: readonly string[] | undefined,
): readonly OperationShape[] {
  if (patterns === undefined || patterns.length === 0) return operations;
  const names = operations.map(({ id }) => nameOf(id));
  const matchers = patterns.map((pattern) => {
    const matches = matcherOf(pattern);
    if (!names.some(matches)) throw new NoMatchingAction(pattern, names);
    return matches;
  });
  return operations.filter(({ id }) => matchers.some((matches) => matches(nameOf(id))));
}

/** Finds the pieces between the stars one after the other: as an expression, many stars would take ages to fail. */
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

/** The names that begin and end much as the pattern does, so that little is left over between; three at most. */
function findNear(pattern: string, names: readonly string[]): readonly string[] {
  const wanted = pattern.replaceAll('*', '').toLowerCase();
  return names
    .map((name) => ({ name, likeness: likenessOf(wanted, name.toLowerCase()) }))
    .filter(({ likeness }) => likeness > 0.6)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** What part of the longer one is the same in both, from the start and from the end: 0 to 1. */
function likenessOf(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return (start + end) / Math.max(a.length, b.length, 1);
}
