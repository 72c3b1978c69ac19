import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Attempt } from '../store/store.ts';
import { addressBlocks, addressKey } from './address-block.ts';

/** A guess at a secret: what is guessed, whose it is, and from which address. */
export interface Guess {
  readonly what: 'password' | 'totpCode' | 'recoveryCode' | 'passkey' | 'userCode' | 'redirectHost';
  /** Id of the user whose password or code is guessed, or who is typing user codes or hosts; a folded name where nobody has it. */
  readonly user: string;
  readonly address: string;
}

/**
 * Wrong TOTP codes of one user in `limits.failureWindow`, and in a day. Three codes in a million are right at a time, so who has the
 * password and guesses for a year gets in with a chance of 2 in 100.
 */
const TOTP_FAILURES = 5;
const TOTP_FAILURES_A_DAY = 20;
const DAY_MS = 86_400_000;

/** Wrong passwords that a device cookie allows in all. */
const DEVICE_COOKIE_TRIES = 10;

/**
 * The allowances that a guess takes an attempt from: those of the address, and those of the user. Hosts may be mistyped as often
 * as user codes, and factors as often as passwords; each is counted apart. Recovery codes and passkeys have no allowance of the user:
 * nobody guesses them, and whoever has them gets in while other guesses are refused.
 */
export function attemptsOf({ config }: Context, guess: Guess): readonly Attempt[] {
  const { limits } = config;
  const windowMs = limits.failureWindowSeconds * 1000;
  const isOfUserCode = guess.what === 'userCode' || guess.what === 'redirectHost';
  const perAddress = isOfUserCode ? limits.userCodeFailuresPerAddress : limits.passwordFailuresPerAddress;
  const holder = addressKey(guess.address);
  return [
    ...addressBlocks(guess.address).map(({ name, shares }) => ({
      holder,
      subject: subjectOf(`${guess.what} from ${name}`),
      limit: perAddress * shares,
      windowMs,
    })),
    ...userAllowances(guess, limits).map((allowance) => ({ holder, windowMs, ...allowance })),
  ];
}

function userAllowances(
  guess: Pick<Guess, 'what' | 'user'>,
  limits: Context['config']['limits'],
): readonly (Pick<Attempt, 'subject' | 'limit'> & Partial<Attempt>)[] {
  const subject = subjectOf(`${guess.what} of ${guess.user}`);
  switch (guess.what) {
    case 'password':
      return [{ subject, limit: limits.passwordFailuresPerUser }];
    case 'totpCode': {
      const aDay = subjectOf(`${guess.what} of ${guess.user} in a day`);
      return [
        { subject, limit: TOTP_FAILURES },
        { subject: aDay, limit: TOTP_FAILURES_A_DAY, windowMs: DAY_MS },
      ];
    }
    case 'recoveryCode':
    case 'passkey':
      return [];
    case 'userCode':
    case 'redirectHost':
      return [{ subject, limit: limits.userCodeFailuresPerUser }];
  }
}

/**
 * Counts a guess before it is checked, so that many at once cannot slip under the limit. Durable: a restart forgets none.
 *
 * @returns when to try again, if the user's or the address's allowance is used up; `undefined` when the guess may be checked
 */
export function takeGuess(context: Context, guess: Guess): Promise<number | undefined> {
  return context.store.takeAttempt(attemptsOf(context, guess), context.now());
}

/** Gives a right guess back: the user has all attempts again, and the address has this one again. */
export function returnGuess(context: Context, guess: Guess): Promise<void> {
  return giveBack(context, guess, { resetUser: true });
}

/** Gives a guess back that was not checked: user and address each have the attempt again. */
export function withdrawGuess(context: Context, guess: Guess): Promise<void> {
  return giveBack(context, guess, { resetUser: false });
}

/**
 * Takes one of the tries that a device cookie has as long as it lasts. A cookie without any is void: it counts no more than
 * none. Durable, and before the check, like a guess.
 *
 * @returns whether there was one
 */
export async function takeTryOfDeviceCookie(
  context: Context,
  cookie: { readonly id: string; readonly expiresAtMs: number },
  address: string,
): Promise<boolean> {
  const nowMs = context.now();
  const windowMs = cookie.expiresAtMs - nowMs;
  const subject = deviceCookieSubject(cookie);
  const attempt = { holder: addressKey(address), subject, limit: DEVICE_COOKIE_TRIES, windowMs };
  return (await context.store.takeAttempt([attempt], nowMs)) === undefined;
}

/** Gives a try back to a device cookie: the password was right, or was not checked. */
export function returnTryOfDeviceCookie(context: Context, cookie: { readonly id: string }): Promise<void> {
  return context.store.returnAttempt([{ subject: deviceCookieSubject(cookie), reset: false }]);
}

export function secondsUntil(context: Context, untilMs: number): number {
  return Math.max(1, Math.ceil((untilMs - context.now()) / 1000));
}

function giveBack(
  context: Context,
  guess: Guess,
  { resetUser }: { readonly resetUser: boolean },
): Promise<void> {
  return context.store.returnAttempt([
    ...addressBlocks(guess.address).map(({ name }) => ({
      subject: subjectOf(`${guess.what} from ${name}`),
      reset: false,
    })),
    ...userAllowances(guess, context.config.limits).map(({ subject }) => ({ subject, reset: resetUser })),
  ]);
}

function deviceCookieSubject({ id }: { readonly id: string }): Uint8Array {
  return subjectOf(`password by device cookie ${id}`);
}

/**
 * Digests a subject for the store: people type passwords into the field for their name, so no name is kept in the
 * clear.
 */
function subjectOf(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, 16);
}
