const reference = /&(?:(\w+)|#(\d+)|#x([\da-fA-F]+));|&/g;
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * Replaces the references in a text. A control character may be referred to, as XML 1.1 has it: S3 tells of keys
 * that hold them.
 *
 * @returns undefined when one of them is malformed, or refers to an entity that would need a DTD
 */
export function resolveReferences(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isWellFormed = true;
  const resolved = text.replace(reference, (_, name?: string, decimal?: string, hexadecimal = '') => {
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    const character = name === undefined ? characterOf(code) : entities.get(name);
    isWellFormed &&= character !== undefined;
    return character ?? '';
  });
  return isWellFormed ? resolved : undefined;
}

function characterOf(code: number): string | undefined {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter && code !== 0xfffe && code !== 0xffff ? String.fromCodePoint(code) : undefined;
}
