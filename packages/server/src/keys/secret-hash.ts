import { hash, timingSafeEqual } from 'node:crypto';
import { randomBytes } from './random.ts';

const SECRET_PREFIX = 'lk_ks_';
const SECRET_BYTES = 32;

/** The hash of a secret that `makeSecret` made, as it stands in a configuration. */
export const secretHashForm = /^sha256:[\w-]{43}$/;

/**
 * Makes the secret of a client: 256 random bits. A plain SHA-256 is enough for its hash, as there is nothing to guess.
 *
 * @returns the secret, which is nowhere else, and its hash
 */
export function makeSecret(): { readonly secret: string; readonly secretHash: string } {
  const secret = SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, secretHash: hashSecret(secret) };
}

/** Whether the hash is of this secret; compared in constant time. */
export function isSecretOf(secretHash: string, secret: string): boolean {
  const expected = Buffer.from(secretHash);
  const stated = Buffer.from(hashSecret(secret));
  return expected.length === stated.length && timingSafeEqual(expected, stated);
}

function hashSecret(secret: string): string {
  return `sha256:${hash('sha256', secret, 'base64url')}`;
}
