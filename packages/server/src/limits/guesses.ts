import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Attempt } from '../store/store.ts';
import { addressBlocks, addressKey } from './address-block.ts';

/** A guess at a secret: what is guessed, whose it is, and from which address. */
export interface Guess {
  readonly what: 'password' | 'userCode' | 'redirectHost';
  /** Id of the user whose password is guessed, or who is typing user codes or hosts; a folded name where nobody has it. */
  readonly user: string;
  readonly address: string;
}

/** Wrong passwords that a device cookie allows in all. */
const DEVICE_COOKIE_TRIES = 10;

/**
 * The allowances that a guess takes an attempt from: those of the address, and that of the user. Hosts may be mistyped as often
 * as user codes, and are counted apart from them.
 */
export function attemptsOf({ config }: Context, guess: Guess): readonly Attempt[] {
  const { limits } = config;
  const windowMs = limits.failureWindowSeconds * 1000;
  const [perUser, perAddress] =
    guess.what === 'password'
      ? [limits.passwordFailuresPerUser, limits.passwordFailuresPerAddress]
      : [limits.userCodeFailuresPerUser, limits.userCodeFailuresPerAddress];
  const holder = addressKey(guess.address);
  return [
    ...addressBlocks(guess.address).map(({ name, shares }) => ({
      holder,
      subject: subjectOf(`${guess.what} from ${name}`),
      limit: perAddress * shares,
      windowMs,
    })),
    { holder, subject: userSubject(guess), limit: perUser, windowMs },
  ];
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
    { subject: userSubject(guess), reset: resetUser },
  ]);
}

function userSubject({ what, user }: Guess): Uint8Array {
  return subjectOf(`${what} of ${user}`);
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
