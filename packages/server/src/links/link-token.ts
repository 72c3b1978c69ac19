import { hash } from 'node:crypto';
import { randomBytes } from '../keys/random.ts';

const PREFIX = 'lk_ol_';
const TOKEN = /^lk_ol_[\w-]{43}$/;

/** Makes the token of a one-time link: 256 random bits. */
export function makeLinkToken(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/**
 * What the store has of a token. It needs no key and no slow hash, as nobody guesses 256 random bits.
 *
 * @returns `undefined` where the text is no token of a one-time link
 */
export function digestLinkToken(token: string): Uint8Array | undefined {
  return TOKEN.test(token) ? hash('sha256', `latchkey one-time link\0${token}`, 'buffer') : undefined;
}
