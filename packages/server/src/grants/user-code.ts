import type { Context } from '../context.ts';
import { randomText } from '../keys/random.ts';

/**
 * The letters of user codes: consonants that do not look alike, so that no code spells a word (RFC 8628 section 6.1).
 */
export const USER_CODE_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
/** Letters at the end of a user code that a person types where the page hides them. */
const ENDING_LENGTH = 4;

/** UTF-16 units of what a person typed as a user code, with everything between its letters. */
export const MAX_TYPED_LENGTH = 1024;

/**
 * Characters that look like a dash, which Unicode counts among letters and symbols: macrons and modifier letter minus, the
 * stretched line of Arabic and of N'Ko, line extensions and scan lines, box drawing, thin blocks, heavy minus, Hangul eu,
 * the long-vowel mark of Japanese, the horizontal stroke and the figure one of Chinese.
 */
const LOOK_LIKE_DASH =
  '\\u00af\\u02c9\\u02cd\\u02d7\\u0640\\u07fa\\u23af\\u23ba-\\u23bd\\u23e4\\u2500-\\u257f\\u2581\\u2594\\u25ac\\u25ad\\u2796\\u1173\\u30fc\\u31d0\\u4e00';
/** Combining lines above, below and through a letter: macron, overline, minus, low line, strokes, and the double ones. */
const COMBINING_LINES = '\\u0304\\u0305\\u0320\\u0331-\\u0333\\u0335\\u0336\\u033f\\u035e\\u035f';
/** Symbols and marks that do not show: Braille blank, object replacement, null notehead, filler of the Khitan script. */
const BLANK = '\\u2800\\ufffc\\u{1d159}\\u{16fe4}';

/** What separates letters, and what does not show: spaces, punctuation, control and invisible characters, and dashes. */
const separators = new RegExp(
  `[\\s\\p{P}\\p{Z}\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Dash}${LOOK_LIKE_DASH}${COMBINING_LINES}${BLANK}]`,
  'gu',
);

export type ParseUserCodeResult =
  /** `XXXX-XXXX` */
  { readonly kind: 'userCode'; readonly userCode: string } | UserCodeMistake;

/** Why typed text is no user code, nor the ending of one: a slip of the finger, not a guess. */
export type UserCodeMistake =
  /** No user code has this character; it is the first of that sort. */
  | { readonly kind: 'wrongCharacter'; readonly character: string }
  /** Only letters that a user code can have, but not as many as are wanted. */
  | { readonly kind: 'wrongLength'; readonly letters: number };

export type CheckUserCodeEndingResult =
  | { readonly kind: 'right' }
  /** Such letters as a user code has, but others than this one. */
  | { readonly kind: 'wrong' }
  | UserCodeMistake;

/** @returns a code for a person to compare or type, `XXXX-XXXX`; 20^8 are possible */
export function makeUserCode(): string {
  return present(randomText(USER_CODE_ALPHABET, LENGTH));
}

/** Reads what a person typed, in any case, width (Unicode's compatibility forms) and punctuation. */
export function parseUserCode(typed: string): ParseUserCodeResult {
  const parsed = parseLetters(typed, [LENGTH]);
  return parsed.kind === 'letters' ? { kind: 'userCode', userCode: present(parsed.letters) } : parsed;
}

/** The part of a user code that a page shows where it hides the ending: `XXXX`. */
export function beginningOfUserCode(userCode: string): string {
  return userCode.slice(0, LENGTH - ENDING_LENGTH);
}

/**
 * Checks what a person typed as the last four letters of a user code; the whole code counts, too. Read as leniently as user
 * codes are.
 */
export function checkUserCodeEnding(userCode: string, typed: string): CheckUserCodeEndingResult {
  const parsed = parseLetters(typed, [ENDING_LENGTH, LENGTH]);
  if (parsed.kind !== 'letters') return parsed;
  return userCode.replace('-', '').endsWith(parsed.letters) ? { kind: 'right' } : { kind: 'wrong' };
}

/** The digest that the store keeps in place of a user code, made with the current key. */
export function digestUserCode(context: Context, userCode: string): Uint8Array {
  return context.keys.mac('user-code', userCode).subarray(0, 16);
}

/** The digests of a user code under every key: the code may have been made just before the keys were rotated. */
export function digestsOfUserCode(context: Context, userCode: string): readonly Uint8Array[] {
  return context.keys.ids.flatMap(
    (id) => context.keys.macUnder(id, 'user-code', userCode)?.subarray(0, 16) ?? [],
  );
}

/** @param lengths - numbers of letters, one of which the text must have */
function parseLetters(
  typed: string,
  lengths: readonly number[],
): { readonly kind: 'letters'; readonly letters: string } | UserCodeMistake {
  if (typed.length > MAX_TYPED_LENGTH) return { kind: 'wrongLength', letters: typed.length };
  const letters = [...lettersOf(typed)];
  const character = letters.find((letter) => !USER_CODE_ALPHABET.includes(letter));
  if (character !== undefined) return { kind: 'wrongCharacter', character };
  return lengths.includes(letters.length)
    ? { kind: 'letters', letters: letters.join('') }
    : { kind: 'wrongLength', letters: letters.length };
}

/**
 * Separators go before and after normalization: some are normalized to a space with an accent, others become separators by
 * it. Only ASCII letters change case: the upper case of `ß` would be two letters.
 */
function lettersOf(typed: string): string {
  return typed
    .replace(separators, '')
    .normalize('NFKC')
    .replace(separators, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function present(letters: string): string {
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
