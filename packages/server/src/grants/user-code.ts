import type { Context } from '../context.ts';
import { randomText } from '../keys/random.ts';

/** Consonants, so that no words come of it; none that look alike (RFC 8628 section 6.1). */
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;

/** @returns a code for a person to compare or type, `XXXX-XXXX`; 20^8 are possible */
export function makeUserCode(): string {
  return present(randomText(ALPHABET, LENGTH));
}

/** Reads what a person typed, in any case and punctuation. @returns `XXXX-XXXX`; `undefined` when it cannot be a code */
export function parseUserCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\p{P}]/gu, '');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => ALPHABET.includes(letter));
  return isCode ? present(letters) : undefined;
}

/** What the store keeps instead of the code, under the current key. */
export function digestUserCode(context: Context, userCode: string): Uint8Array {
  return context.keys.mac('user-code', userCode).subarray(0, 16);
}

/** Under every key, as the code may have been made just before the keys were rotated. */
export function digestsOfUserCode(context: Context, userCode: string): readonly Uint8Array[] {
  return context.keys.ids.flatMap(
    (id) => context.keys.macUnder(id, 'user-code', userCode)?.subarray(0, 16) ?? [],
  );
}

function present(letters: string): string {
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
