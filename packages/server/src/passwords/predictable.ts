import { commonWords } from './common-words.ts';

/** Digits in a row that add nothing to words: a date, a year, a part of a phone number. */
const MOST_DIGITS = 8;
/** Longest piece that a password is a mere repetition of. */
const LONGEST_REPEATED = 4;
/** Rows that people walk along, in either direction. */
const rows = [
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
];
/** Letters as people write them with other characters. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '€': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    '5': 's',
    $: 's',
    '7': 't',
    '+': 't',
  },
};

/**
 * Whether a password is one that guessers come to early: one piece or one row of keys over and over, or nothing but common words, the
 * person's own names, and digits, however they are written.
 *
 * @param names - what the person is called: user name, display name, parts of addresses
 */
export function isPredictable(password: string, names: readonly string[] = []): boolean {
  const text = fold(password);
  if (text === '' || isRepetition(text) || isWalk(text)) return true;
  const words = new Set([...commonWords, ...names.flatMap(wordsOf)]);
  // With each sign as a letter, or as what stands between words.
  return [text, foldWithSigns(password)].some((each) => /\p{L}/u.test(each) && isMadeOf(each, words));
}

/** The names by which a person may be guessed, as `isPredictable` takes them. */
export function namesOf(user: {
  readonly userName: string;
  readonly displayName?: string;
}): readonly string[] {
  return [user.userName, user.displayName ?? ''];
}

/** A name as a whole, and each of its parts. */
function wordsOf(name: string): readonly string[] {
  const parts = name.split(/[^\p{L}\p{N}\p{M}]+/u).map(fold);
  return [parts.join(''), ...parts].filter((part) => part.length > 1);
}

/** Letters in lower case without accents, and digits. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The same, with the signs that look like letters. */
function foldWithSigns(text: string): string {
  const isKept = (character: string) => character in lookAlikes || /[\p{L}\p{N}]/u.test(character);
  return Array.from(text.normalize('NFKD').toLowerCase()).filter(isKept).join('');
}

/** Each look-alike as the letter that it is for. */
function unmask(text: string): string {
  return Array.from(text, (character) => lookAlikes[character] ?? character).join('');
}

function isRepetition(text: string): boolean {
  for (let length = 1; length <= LONGEST_REPEATED && length * 2 <= text.length; length += 1) {
    const piece = text.slice(0, length);
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return true;
  }
  return false;
}

/** Whether each character is beside the one before it, in one row and direction at a time, four at least. */
function isWalk(text: string): boolean {
  return rows
    .flatMap((row) => [row, [...row].reverse().join('')])
    .some(
      (row) => `${row}${row}`.repeat(Math.ceil(text.length / row.length)).includes(text) && text.length > 3,
    );
}

/** Whether a text is words and short runs of digits, one after the other. */
function isMadeOf(text: string, words: ReadonlySet<string>): boolean {
  const longest = Math.max(MOST_DIGITS, ...Array.from(words, (word) => word.length));
  /** Whether words end before a character. */
  const ends = [true];
  for (let end = 1; end <= text.length; end += 1) {
    ends[end] = false;
    for (let start = Math.max(0, end - longest); start < end && !ends[end]; start += 1) {
      if (ends[start] && isPart(text, start, end, words)) ends[end] = true;
    }
  }
  return ends[text.length] === true;
}

function isPart(text: string, start: number, end: number, words: ReadonlySet<string>): boolean {
  const piece = text.slice(start, end);
  if (words.has(piece) || (piece.length > 2 && words.has(unmask(piece)))) return true;
  const isWholeRun = /^\p{N}+$/u.test(piece) && !isDigit(text[start - 1]) && !isDigit(text[end]);
  return isWholeRun && piece.length <= MOST_DIGITS;
}

function isDigit(character = ''): boolean {
  return /\p{N}/u.test(character);
}
