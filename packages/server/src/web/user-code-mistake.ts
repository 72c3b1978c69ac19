import { html } from 'hono/html';
import { type ParseUserCodeResult, USER_CODE_ALPHABET } from '../grants/user-code.ts';
import { type Html, isolate } from './html.ts';
import { plainText } from './plain-text.ts';

const LETTERS = `A code has 8 of these Latin letters: ${[...USER_CODE_ALPHABET].join(' ')}.`;

/** Describes why the text that a person typed cannot be a user code, and what to do. */
export function describeUserCodeMistake(
  mistake: Exclude<ParseUserCodeResult, { readonly kind: 'userCode' }>,
): Html {
  if (mistake.kind === 'wrongLength') {
    const count = mistake.letters > 8 ? 'more' : mistake.letters || 'none';
    return html`A code has 8 letters, and this has ${count}. Check it against your device.`;
  }
  const character = html`“${isolate(plainText(mistake.character, 1))}”`;
  return /^\p{L}$/u.test(mistake.character) && !/\p{Script=Latin}/u.test(mistake.character)
    ? html`${character} is a letter of another alphabet, even where it looks like a Latin one. ${LETTERS} Check the language of your keyboard.`
    : html`${character} is in no code. ${LETTERS} Check it against your device.`;
}
