import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';

/** What a WebAuthn challenge is for, and the secret of the browser that it is bound to. */
export interface ChallengeBinding {
  readonly purpose: 'sign-in' | 'second-factor' | 'registration';
  /** The form cookie, the state of a pending sign-in, or the session token. */
  readonly secret: string;
}

/** How long a challenge is good for, in seconds: as long as the page that it is on. */
const CHALLENGE_SECONDS = { 'sign-in': 12 * 3600, 'second-factor': 600, registration: 900 } as const;

const PURPOSE = 'webauthn-challenge';
const RANDOM_BYTES = 16;
const TIME_BYTES = 6;
const MAC_BYTES = 32;

/**
 * Makes a challenge: random bytes, its time, and a MAC over both and the binding. Nothing is stored until it is answered rightly.
 *
 * @returns base64url
 */
export function issueChallenge(context: Context, binding: ChallengeBinding): string {
  const head = Buffer.allocUnsafe(RANDOM_BYTES + TIME_BYTES);
  head.set(randomBytes(RANDOM_BYTES));
  head.writeUIntBE(context.now(), RANDOM_BYTES, TIME_BYTES);
  return Buffer.concat([head, macOf(context, binding, head)]).toString('base64url');
}

function macOf({ keys }: Context, { purpose, secret }: ChallengeBinding, head: Uint8Array): Buffer {
  return keys.mac(PURPOSE, purpose, secret, head);
}

/**
 * Checks a challenge that an authenticator has answered.
 *
 * @returns what a store keeps of it, so that it is answered once; `undefined` where it was not made for this binding, or is too old
 */
export function checkChallenge(
  context: Context,
  binding: ChallengeBinding,
  challenge: string,
): { readonly digest: Uint8Array; readonly expiresAtMs: number } | undefined {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== RANDOM_BYTES + TIME_BYTES + MAC_BYTES) return undefined;
  const head = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES);
  const { purpose, secret } = binding;
  if (!context.keys.verifyMac(bytes.subarray(head.length), PURPOSE, purpose, secret, head)) return undefined;
  const expiresAtMs = head.readUIntBE(RANDOM_BYTES, TIME_BYTES) + CHALLENGE_SECONDS[purpose] * 1000;
  if (expiresAtMs <= context.now()) return undefined;
  return { digest: hash('sha256', bytes, 'buffer').subarray(0, 16), expiresAtMs };
}
