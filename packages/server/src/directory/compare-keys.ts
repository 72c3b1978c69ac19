/**
 * Compares two keys of the directory by their UTF-8 bytes, as stores order them. The `<` of JavaScript compares UTF-16
 * code units, which puts characters beyond the basic plane (U+10000 and up) before U+E000 to U+FFFF.
 *
 * @returns less than 0 where `left` comes first, 0 where they are the same
 */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const difference = byteOrder(left.charCodeAt(at)) - byteOrder(right.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Puts surrogates, which stand for characters beyond the basic plane, behind all other code units. */
function byteOrder(codeUnit: number): number {
  if (codeUnit < 0xd8_00) return codeUnit;
  return codeUnit < 0xe0_00 ? codeUnit + 0x20_00 : codeUnit - 0x8_00;
}
