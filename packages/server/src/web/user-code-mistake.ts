import { type ParseUserCodeResult, USER_CODE_ALPHABET } from '../grants/user-code.ts';
import { plainText } from './plain-text.ts';

const LETTERS = `A code has 8 of these Latin letters: ${[...USER_CODE_ALPHABET].join(' ')}.`;

/** Says why what a person typed cannot be a user code, and what to do. */
export function describeUserCodeMistake(
  mistake: Exclude<ParseUserCodeResult, { readonly kind: 'userCode' }>,
): string {
  if (mistake.kind === 'wrongLength') {
    const count = mistake.letters > 8 ? 'more' : mistake.letters || 'none';
    return `A code has 8 letters, and this has ${count}. Check it against your device.`;
  }
  // Isolated by U+2068 and U+2069: a letter written from right to left would reorder the sentence around it.
  const character = `“\u2068${plainText(mistake.character, 1)}\u2069”`;
  return /^\p{L}$/u.test(mistake.character) && !/\p{Script=Latin}/u.test(mistake.character)
    ? `${character} is a letter of another alphabet, even where it looks like a Latin one. ${LETTERS} Check the language of your keyboard.`
    : `${character} is in no code. ${LETTERS} Check it against your device.`;
}
