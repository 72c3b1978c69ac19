import { Misfit } from '../misfit.ts';
import type { QueryEntries } from '../values/query-string.ts';

/** A node of a form's tree. `Tags.member.1.Key=a` is the text `a` in the node `Tags` > `member` > `1` > `Key`. */
export interface FormNode {
  text: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** Maximum depth of the tree: far more than any model needs, far less than recursion over the tree can take. */
const maxSteps = 256;

/**
 * Makes a tree of a form: names are split at their dots. The last value of a repeated name counts.
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
