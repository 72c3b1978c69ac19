import type { Context } from '../context.ts';
import { secondsUntil } from '../limits/guesses.ts';
import type { Origin } from '../origin.ts';
import type { DeviceCookie } from './device-cookie.ts';
import type { User } from './directory.ts';
import { BUSY_RETRY_SECONDS } from './sign-in.ts';
import { takeSignInTry } from './sign-in-try.ts';

/** A password that a person who is known types, beside what else they show. */
export interface CurrentPassword {
  readonly user: User;
  /** As typed. */
  readonly password: string;
  readonly origin: Origin;
  /** The device cookies of the browser, of whichever users. */
  readonly deviceCookies: readonly DeviceCookie[];
}

/** Checks the password that a person has, whose tries are those of sign-ins. @returns `undefined` where it is right */
export async function checkCurrentPassword(
  context: Context,
  { user, password, origin, deviceCookies }: CurrentPassword,
): Promise<
  | { readonly kind: 'wrong' }
  | { readonly kind: 'limited' | 'busy'; readonly retryAfterSeconds: number }
  | undefined
> {
  const { id: userId, userName } = user;
  const guess = { what: 'password', user: userId, address: origin.address } as const;
  const deviceCookie = deviceCookies.find(
    (cookie) => cookie.userId === userId && cookie.userVersion === user.version,
  );
  const tried = await takeSignInTry(context, guess, deviceCookie);
  if (tried.kind === 'limited') {
    context.audit.record({ event: 'currentPasswordLimited', userId, userName }, origin);
    return { kind: 'limited', retryAfterSeconds: secondsUntil(context, tried.untilMs) };
  }
  const hash = await context.store.findPasswordHash(userId);
  const verdict = await context.passwords.verify(hash, password, tried.holder);
  if (verdict === 'busy') {
    await tried.withdraw();
    context.drops.record('passwordCheck', origin.address);
    return { kind: 'busy', retryAfterSeconds: BUSY_RETRY_SECONDS };
  }
  if (verdict === 'mismatch') {
    context.audit.record({ event: 'currentPasswordRefused', userId, userName }, origin);
    return { kind: 'wrong' };
  }
  await tried.reward();
  return undefined;
}
