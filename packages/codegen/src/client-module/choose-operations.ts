import { nameOf, type OperationShape } from '@latchkey/smithy';
import { nearestNames } from '../nearest-names.ts';

/** A pattern of `actions` that no operation of the service matches. */
export class NoMatchingAction extends Error {
  override readonly name = 'NoMatchingAction';
  readonly pattern: string;
  /** Names of operations that are much like the pattern, nearest first. */
  readonly nearMatches: readonly string[];
  /** The names of all operations of the service. */
  readonly available: readonly string[];

  constructor(pattern: string, available: readonly string[]) {
    const nearMatches = nearestNames(pattern, available);
    const hint = nearMatches.length === 0 ? '' : `; did you mean ${nearMatches.join(', ')}?`;
    super(`No operation matches "${pattern}"${hint}`);
    this.pattern = pattern;
    this.nearMatches = nearMatches;
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
  const expressions = patterns.map((pattern) => {
    const expression = new RegExp(
      `^${pattern.replaceAll(/\W/g, (character) => (character === '*' ? '.*' : `\\${character}`))}$`,
      'i',
    );
    if (!names.some((name) => expression.test(name))) {
      throw new NoMatchingAction(pattern, names);
    }
    return expression;
  });
  return operations.filter(({ id }) => expressions.some((expression) => expression.test(nameOf(id))));
}
