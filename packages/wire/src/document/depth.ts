import { Misfit } from '../misfit.ts';

/** Far deeper than any model needs, far shallower than the stack. */
const maxDepth = 128;

/** @param depth how many containers are around a value */
export function checkDepth(depth: number): void {
  if (depth > maxDepth) throw new Misfit(`found values nested deeper than ${maxDepth}`);
}
