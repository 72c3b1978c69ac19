/** The names that are most like a wanted one, nearest first: a few, or none when all are far from it. */
export function nearestNames(wanted: string, names: readonly string[], count = 3): readonly string[] {
  const text = wanted.toLowerCase().replaceAll('*', '');
  if (text === '') return [];
  return names
    .map((name) => ({ name, distance: distanceOf(text, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, text.length / 3))
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** One holding the other is near, and the nearer the less is left over; else the edits that turn one into the other. */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && (b.includes(a) || (b.length > 2 && a.includes(b))))
    return Math.abs(a.length - b.length) / 16;
  return editDistance(a, b);
}

/** Levenshtein's distance, one row of its table at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const removed = (above[column] ?? 0) + 1;
      const added = (current[column - 1] ?? 0) + 1;
      current.push(Math.min(replaced, removed, added));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
