/**
 * Makes text from a stranger safe to show: replaces control characters, invisible characters, characters that change the
 * text direction, and piles of accents, and cuts the text to a length. It does not escape it for HTML; templates do.
 */
export function plainText(text: string, maxCharacters: number): string {
  const visible = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{C}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .trim();
  const characters = [...visible];
  return characters.length <= maxCharacters ? visible : `${characters.slice(0, maxCharacters - 1).join('')}…`;
}
