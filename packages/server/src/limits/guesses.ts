import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Attempt } from '../store/store.ts';
import { addressBlock } from './address-block.ts';

/** A guess at a secret: what is guessed, whose it is, and from which address. */
export interface Guess {
  readonly what: 'password' | 'userCode' | 'redirectHost';
  /** Id of the user whose password is guessed, or who is typing user codes or hosts; a folded name where nobody has it. */
  readonly user: string;
  readonly address: string;
}

/**
 * The allowances that a guess takes an attempt from: that of the address, and that of the user. Hosts may be mistyped as often
 * as user codes, and are counted apart from them.
 */
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

/** Gives a right guess back: the user has all attempts again, and the address has this one again. */
export function returnGuess(context: Context, guess: Guess): Promise<void> {
  return context.store.returnAttempt([
    { subject: addressSubject(guess), reset: false },
    { subject: userSubject(guess), reset: true },
  ]);
}

/** Gives a guess back that was not checked: user and address each have the attempt again. */
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

/**
 * Digests a subject for the store: people type passwords into the field for their name, so no name is kept in the
 * clear.
 */
function digest(text: string): Uint8Array {
  return hash('sha256', text, 'buffer').subarray(0, 16);
}
