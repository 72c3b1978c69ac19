import type { InvalidField } from '../error.ts';
import { renderPath } from '../values/path.ts';

/** A constraint that a value breaks, while the way to the value is still being gathered. */
export interface Failure {
  /** From the value outwards. */
  readonly steps: string[];
  /** Of a value that breaks a limit of length. */
  readonly length?: number;
  readonly constraint: string;
}

/** One answer should not grow with the mistakes in a request. */
export const maxFailures = 10;

export function fieldOf({ steps, length, constraint }: Failure): InvalidField {
  const path = renderPath(steps.toReversed());
  const value = length === undefined ? 'Value' : `Value with length ${length}`;
  return { path, message: `${value} at '${path}' failed to satisfy constraint: ${constraint}` };
}
