import { html } from 'hono/html';
import type { EndingMistake } from '../grants/device-request.ts';
import { USER_CODE_ALPHABET, type UserCodeMistake } from '../grants/user-code.ts';
import { type Html, isolate } from './html.ts';
import { plainText } from './plain-text.ts';

const LETTERS = `A code has 8 of these Latin letters: ${[...USER_CODE_ALPHABET].join(' ')}.`;

/** Describes why the text that a person typed cannot be a user code, and what to do. */
export function describeUserCodeMistake(mistake: UserCodeMistake): Html {
  if (mistake.kind === 'wrongLength') {
    const count = mistake.letters > 8 ? 'more' : mistake.letters || 'none';
    return html`A code has 8 letters, and this has ${count}. Check it against your device.`;
  }
  return describeWrongCharacter(mistake);
}

/** Describes why the text that a person typed is not the end of the user code, and what to do. */
export function describeEndingMistake(mistake: EndingMistake): Html {
  switch (mistake.kind) {
    case 'wrong':
      return html`Those are not the last 4 letters of the code. Check them against the device on which you started this. If there is none before you, deny.`;
    case 'wrongLength':
      return mistake.letters === 0
        ? html`Nothing was allowed. To allow it, type the last 4 letters of the code that your device shows.`
        : html`Type the last 4 letters of the code; this has ${mistake.letters > 4 ? 'more' : mistake.letters}. Check it against your device.`;
    default:
      return describeWrongCharacter(mistake);
  }
}

function describeWrongCharacter(
  mistake: Extract<UserCodeMistake, { readonly kind: 'wrongCharacter' }>,
): Html {
  const character = html`“${isolate(showCharacter(mistake.character))}”`;
  return isLetterOfAnotherAlphabet(mistake.character)
    ? html`${character} is a letter of another alphabet, even where it looks like a Latin one. ${LETTERS} Check the language of your keyboard.`
    : html`${character} is in no code. ${LETTERS} Check it against your device.`;
}

/** A combining mark alone would join the quotation mark before it, so it is shown on a dotted circle, as Unicode's charts do. */
function showCharacter(character: string): string {
  return /^\p{M}$/u.test(character) ? `\u25cc${character}` : plainText(character, 1);
}

/** Modifier letters (`Lm`), such as an apostrophe that is part of a word, belong to no alphabet. */
function isLetterOfAnotherAlphabet(character: string): boolean {
  return /^(?!\p{Lm}|\p{Script=Latin})\p{L}$/u.test(character);
}
