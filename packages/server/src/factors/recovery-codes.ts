import { hash } from 'node:crypto';
import { randomBytes } from '../keys/random.ts';

/** How many recovery codes are made at a time. */
export const RECOVERY_CODES = 10;

/** Crockford's base32: no letter that looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 26 letters of 5 bits: 130 bits. */
const LETTERS = 26;

/** Makes recovery codes to be shown once: `3k8vw-0c2mn-…`. */
export function makeRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from(randomBytes(LETTERS), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
    return letters.replaceAll(/.{5}(?=.{5})/g, '$&-');
  });
}

/**
 * What a store keeps of a recovery code: SHA-256 over the user's id and the code. There is no need of a key or of a slow hash, as
 * nobody guesses 130 random bits; and a key would end before the code.
 *
 * @param text - as typed: in any case, with or without hyphens and spaces, also with letters that look like others
 * @returns `undefined` when the text is no recovery code
 */
export function digestRecoveryCode(userId: string, text: string): Uint8Array | undefined {
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  if (letters.length !== LETTERS || [...letters].some((letter) => !ALPHABET.includes(letter))) {
    return undefined;
  }
  return hash('sha256', `latchkey recovery code\0${userId}\0${letters}`, 'buffer');
}
