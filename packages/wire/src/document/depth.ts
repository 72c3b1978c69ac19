import { Misfit } from '../misfit.ts';

/** Maximum depth of nested values: far more than any model needs, far less than the stack allows. */
const maxDepth = 128;

/** @param depth number of containers around a value */
export function checkDepth(depth: number): void {
  if (depth > maxDepth) throw new Misfit(`found values nested deeper than ${maxDepth}`);
}
