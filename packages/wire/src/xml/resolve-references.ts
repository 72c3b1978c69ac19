const reference = /&(?:(\w+)|#(\d+)|#x([\da-fA-F]+));|&/g;
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/**
 * Replaces character and entity references in a text. References to control characters are accepted, as in XML 1.1: S3
 * sends keys that contain them.
 *
 * @returns undefined when a reference is malformed, or its entity would need a document type
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
