/**
 * Finds the candidate that someone who wrote `word` probably meant.
 *
 * @returns the nearest candidate among those that are near: equal except for case and punctuation, or one the beginning
 *   of the other (`password` for `passwordHash`), or with an edit distance of at most a third of the letters
 */
export function findNearMatch(word: string, candidates: Iterable<string>): string | undefined {
  return listNearMatches(word, candidates)[0];
}

/** @returns the candidates that are near, nearest first, at most five */
export function listNearMatches(word: string, candidates: Iterable<string>): readonly string[] {
  // Bounds the work: the cost grows with the length of the word, and a word this long is no misspelling.
  if (word.length > 64) return [];
  const plain = simplify(word);
  const limit = Math.max(1, Math.floor(plain.length / 3));
  return Array.from(candidates, (candidate) => ({
    candidate,
    distance: nearness(plain, simplify(candidate)),
  }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 5)
    .map(({ candidate }) => candidate);
}

/** @returns the end of a message about an unknown word: `; did you mean "…"?`, else the candidates when they are few */
export function renderHint(word: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const near = findNearMatch(word, known);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known.length > 0 && known.length <= 16 ? `; known are ${known.join(', ')}` : '';
}

function simplify(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ .]/g, '');
}

function nearness(a: string, b: string): number {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (shorter.length >= 4 && longer.startsWith(shorter)) return a === b ? 0 : 1;
  return editDistance(a, b);
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one into the other (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
