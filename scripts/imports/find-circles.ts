import type { Import } from './read-imports.ts';

/** Imports that lead from a file back to itself: each begins where the one before it ends. */
export type Circle = readonly Import[];

/**
 * Finds import circles, shortest first. Circles that share a file with a shorter one are left out: cutting that one may
 * cut them, too. Empty only where there is no circle.
 */
export function findCircles(imports: readonly Import[]): readonly Circle[] {
  const leaving = Map.groupBy(imports, ({ from }) => from);
  const circles = [...leaving.keys()]
    .toSorted()
    .map((file) => shortestCircle(file, leaving))
    .filter((circle) => circle !== undefined)
    .toSorted((a, b) => a.length - b.length);
  const seen = new Set<string>();
  return circles.filter((circle) => {
    const isNew = circle.every(({ from }) => !seen.has(from));
    if (isNew) for (const { from } of circle) seen.add(from);
    return isNew;
  });
}

/** Breadth first from the file, until an import leads back to it. */
function shortestCircle(file: string, leaving: ReadonlyMap<string, readonly Import[]>): Circle | undefined {
  /** The import by which each file was first reached. */
  const reachedBy = new Map<string, Import>();
  const waiting = [file];
  for (const current of waiting) {
    for (const each of leaving.get(current) ?? []) {
      if (each.to === file) return [...pathTo(current, reachedBy), each];
      if (reachedBy.has(each.to)) continue;
      reachedBy.set(each.to, each);
      waiting.push(each.to);
    }
  }
  return undefined;
}

function pathTo(file: string, reachedBy: ReadonlyMap<string, Import>): readonly Import[] {
  const path: Import[] = [];
  for (let last = reachedBy.get(file); last !== undefined; last = reachedBy.get(last.from))
    path.unshift(last);
  return path;
}
