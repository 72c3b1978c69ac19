/**
 * Compares two keys of the directory by their UTF-8 bytes, as stores order them. The `<` of JavaScript compares UTF-16
 * code units, which puts characters beyond the basic plane (U+10000 and up) before U+E000 to U+FFFF.
 *
 * @returns less than 0 where `left` comes first, 0 where they are the same
 */
export function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
