/**
 * Makes text that a stranger chose safe to look at: characters that do not show or that change how others show
 * (controls, text direction, invisible letters, piles of accents) are replaced, and the rest is cut to a length.
 * Escaping it for HTML is the template's work.
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
