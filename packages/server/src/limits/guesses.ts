import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Attempt } from '../store/store.ts';
import { addressBlock } from './address-block.ts';

/** Something a stranger could find by trying: what, whose, and from where it is tried. */
export interface Guess {
  readonly what: 'password' | 'userCode';
  /** The user whose password it would be, or who is typing user codes. */
  readonly user: string;
  readonly address: string;
}

/** What a guess takes from: the allowance of the address, and that of the user. */
export function attemptsOf({ config }: Context, guess: Guess): readonly Attempt[] {
  const { limits } = config;
  const windowMs = limits.failureWindowSeconds * 1000;
  const [perUser, perAddress] =
    guess.what === 'password'
      ? [limits.passwordFailuresPerUser, limits.passwordFailuresPerAddress]
      : [limits.userCodeFailuresPerUser, limits.userCodeFailuresPerAddress];
  return [
    { subject: addressSubject(guess), limit: perAddress, windowMs },
    { subject: userSubject(guess), limit: perUser, windowMs },
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

/** A guess that was right is no guess: the user starts afresh, and the address gets this one back. */
export function returnGuess(context: Context, guess: Guess): Promise<void> {
  return context.store.returnAttempt([
    { subject: addressSubject(guess), reset: false },
    { subject: userSubject(guess), reset: true },
  ]);
}

/** A guess that was not checked after all costs nothing: user and address get it back. */
export function withdrawGuess(context: Context, guess: Guess): Promise<void> {
  return context.store.returnAttempt([
    { subject: addressSubject(guess), reset: false },
    { subject: userSubject(guess), reset: false },
  ]);
}

export function secondsUntil(context: Context, untilMs: number): number {
  return Math.max(1, Math.ceil((untilMs - context.now()) / 1000));
}

function addressSubject({ what, address }: Guess): Uint8Array {
  return digest(`${what} from ${addressBlock(address)}`);
}

function userSubject({ what, user }: Guess): Uint8Array {
  return digest(`${what} of ${user}`);
}

/** People type passwords into the field for their name, so not even that is kept as it is. */
function digest(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, 16);
}
