import type { Context } from '../context.ts';
import { randomText } from '../keys/random.ts';

/**
 * The letters of user codes: consonants that do not look alike, so that no code spells a word (RFC 8628 section 6.1).
 */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** @returns a code for a person to compare or type, `XXXX-XXXX`; 20^8 are possible */
export function makeUserCode(): string {
  return present(randomText(ALPHABET, LENGTH));
}

/**
 * Reads what a person typed, in any case and punctuation.
 *
 * @returns `XXXX-XXXX`; `undefined` when it cannot be a code
 */
export function parseUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\p{P}]/gu, '');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? present(letters) : undefined;
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

function present(letters: string): string {
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
