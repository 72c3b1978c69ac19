import type { QueryEntries } from '../values/query-string.ts';

/** A form as a tree: `Tags.member.1.Key=a` hangs `a` below `Tags`, `member`, `1` and `Key`. */
export interface FormNode {
  text: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** Names split at their dots; of a repeated name the last value counts. */
export function formTree(entries: QueryEntries): FormNode {
  const root = node();
  for (const [name, value] of entries) {
    let place = root;
    for (const step of name.split('.')) {
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
