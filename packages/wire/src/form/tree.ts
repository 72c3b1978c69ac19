import { Misfit } from '../misfit.ts';
import type { QueryEntries } from '../values/query-string.ts';

/** A form as a tree: `Tags.member.1.Key=a` hangs `a` below `Tags`, `member`, `1` and `Key`. */
export interface FormNode {
  text: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** Far deeper than any model needs, far shallower than the stack of whoever walks the tree by recursion. */
const maxSteps = 256;

/**
 * Splits names at their dots; of a repeated name the last value counts.
 *
 * @throws {Misfit} when a name has too many steps
 */
export function formTree(entries: QueryEntries): FormNode {
  const root = node();
  for (const [name, value] of entries) {
    const steps = name.split('.');
    if (steps.length > maxSteps) throw new Misfit(`found a name of more than ${maxSteps} steps`);
    let place = root;
    for (const step of steps) {
      let child = place.children.get(step);
      if (child === undefined) {
        child = node();
        place.children.set(step, child);
      }
      place = child;
    }
    place.text = value;
  }
  return root;
}

function node(): FormNode {
  return { text: undefined, children: new Map() };
}
