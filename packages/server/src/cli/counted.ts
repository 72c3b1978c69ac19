/** A number of things: `1 row`, `2 rows`, `1 entry`, `2 entries`. @param noun - in the singular, in English */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
}
