import type { Context } from '../context.ts';
import type { User } from '../people/directory.ts';
import { makeTotpSecret } from './totp.ts';

/** Time in which a new secret is confirmed by a code, in seconds. */
const ENROLMENT_SECONDS = 3600;

const PURPOSE = 'totp-enrolment';
/** Longer text is none, and is not looked at. */
const MAX_LENGTH = 512;

type Sealed = readonly [userId: string, secret: string, expiresAtMs: number];

/** A new secret that a person is shown, before a code confirms it. It is sealed in the form, and nothing of it is stored. */
export interface TotpEnrolment {
  readonly secret: Uint8Array;
  /** The value of the form field. */
  readonly value: string;
}

export function issueTotpEnrolment(context: Context, user: User): TotpEnrolment {
  const secret = makeTotpSecret();
  const sealed: Sealed = [
    ...[user.id, Buffer.from(secret).toString('base64url')],
    context.now() + ENROLMENT_SECONDS * 1000,
  ] as [string, string, number];
  const value = context.keys.seal(PURPOSE, Buffer.from(JSON.stringify(sealed))).toString('base64url');
  return { secret, value };
}

/** @returns `undefined` when it is not for this person, or too old */
export async function readTotpEnrolment(
  context: Context,
  user: User,
  value: string,
): Promise<TotpEnrolment | undefined> {
  const bytes = Buffer.from(value, 'base64url');
  if (value.length > MAX_LENGTH || bytes[0] === undefined) return undefined;
  await context.keys.learn(bytes[0]);
  const opened = context.keys.unseal(PURPOSE, bytes);
  if (opened === undefined) return undefined;
  const [userId, secret, expiresAtMs] = JSON.parse(opened.toString()) as Sealed;
  if (userId !== user.id || expiresAtMs <= context.now()) return undefined;
  return { secret: Buffer.from(secret, 'base64url'), value };
}
