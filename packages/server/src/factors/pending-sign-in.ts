import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import type { User } from '../people/directory.ts';

/**
 * A sign-in of which the password was right, or a one-time link in its place, and the second factor is not there yet. It is no session: it is sealed in a cookie,
 * nothing of it is stored, and it is good for the second factor alone.
 */
export interface PendingSignIn {
  readonly userId: string;
  readonly userVersion: string;
  readonly expiresAtMs: number;
  /** What was shown first. */
  readonly first: 'password' | 'link';
  /** What the browser keeps. */
  readonly value: string;
}

/** Time for the second factor, in seconds. */
export const PENDING_SIGN_IN_SECONDS = 600;

const PREFIX = 'lk_ps_';
const PURPOSE = 'pending-sign-in';
/** Longer text is none, and is not looked at. */
const MAX_LENGTH = 512;

type Sealed = readonly [
  ...[random: string, userId: string, userVersion: string, expiresAtMs: number],
  first?: PendingSignIn['first'],
];

export function issuePendingSignIn(
  context: Context,
  user: User,
  first: PendingSignIn['first'] = 'password',
): PendingSignIn {
  const expiresAtMs = context.now() + PENDING_SIGN_IN_SECONDS * 1000;
  const sealed: Sealed = [randomBytes(12).toString('base64url'), user.id, user.version, expiresAtMs, first];
  const value =
    PREFIX + context.keys.seal(PURPOSE, Buffer.from(JSON.stringify(sealed))).toString('base64url');
  return { userId: user.id, userVersion: user.version, expiresAtMs, first, value };
}

/**
 * Finds the person whose sign-in a value stands for.
 *
 * @returns `undefined` when it is none of this instance, has expired, or the person has another password or was blocked since
 */
export async function findPendingSignIn(
  context: Context,
  value: string,
): Promise<{ readonly pending: PendingSignIn; readonly user: User } | undefined> {
  if (!value.startsWith(PREFIX) || value.length > MAX_LENGTH) return undefined;
  const sealed = Buffer.from(value.slice(PREFIX.length), 'base64url');
  const keyId = sealed[0];
  if (keyId === undefined) return undefined;
  await context.keys.learn(keyId);
  const bytes = context.keys.unseal(PURPOSE, sealed);
  if (bytes === undefined) return undefined;
  const [, userId, userVersion, expiresAtMs, first = 'password'] = JSON.parse(bytes.toString()) as Sealed;
  if (expiresAtMs <= context.now()) return undefined;
  const user = await context.directory.findUser(userId);
  if (user?.version !== userVersion) return undefined;
  return { pending: { userId, userVersion, expiresAtMs, first, value }, user };
}
