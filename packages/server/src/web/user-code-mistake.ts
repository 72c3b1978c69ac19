import { html } from 'hono/html';
import type { EndingMistake } from '../grants/device-request.ts';
import { USER_CODE_ALPHABET, type UserCodeMistake } from '../grants/user-code.ts';
import { type Html, isolate } from './html.ts';
import type { Language } from './messages/languages.ts';
import { plainText } from './plain-text.ts';

const LETTERS = [...USER_CODE_ALPHABET].join(' ');

/** Describes why the text that a person typed cannot be a user code, and what to do. */
export function describeUserCodeMistake(mistake: UserCodeMistake, language: Language): Html {
  if (mistake.kind === 'wrongCharacter') return describeWrongCharacter(mistake, language);
  const { noLetters, fewLetters, manyLetters } = language.messages.codeMistake;
  if (mistake.letters === 0) return html`${noLetters}`;
  return html`${mistake.letters > 8 ? manyLetters : fewLetters(mistake.letters)}`;
}

/** Describes why the text that a person typed is not the end of the user code, and what to do. */
export function describeEndingMistake(mistake: EndingMistake, language: Language): Html {
  const { wrongEnding, noEnding, shortEnding, longEnding } = language.messages.codeMistake;
  switch (mistake.kind) {
    case 'wrong':
      return html`${wrongEnding}`;
    case 'wrongLength':
      if (mistake.letters === 0) return html`${noEnding}`;
      return html`${mistake.letters > 4 ? longEnding : shortEnding(mistake.letters)}`;
    default:
      return describeWrongCharacter(mistake, language);
  }
}

function describeWrongCharacter(
  { character }: Extract<UserCodeMistake, { readonly kind: 'wrongCharacter' }>,
  { messages: { codeMistake } }: Language,
): Html {
  const shown = isolate(showCharacter(character));
  return isLetterOfAnotherAlphabet(character)
    ? codeMistake.otherAlphabet(shown, LETTERS)
    : codeMistake.noLetter(shown, LETTERS);
}

/** A combining mark alone would join the quotation mark before it, so it is shown on a dotted circle, as Unicode's charts do. */
function showCharacter(character: string): string {
  return /^\p{M}$/u.test(character) ? `\u25cc${character}` : plainText(character, 1);
}

/** Modifier letters (`Lm`), such as an apostrophe that is part of a word, belong to no alphabet. */
function isLetterOfAnotherAlphabet(character: string): boolean {
  return /^(?!\p{Lm}|\p{Script=Latin})\p{L}$/u.test(character);
}
