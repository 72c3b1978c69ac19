import type { Context } from '../context.ts';
import { addressBlocks } from '../limits/address-block.ts';
import type { Holder } from '../limits/fair-shares.ts';
import {
  type Guess,
  returnGuess,
  returnTryOfDeviceCookie,
  takeGuess,
  takeTryOfDeviceCookie,
  withdrawGuess,
} from '../limits/guesses.ts';
import type { DeviceCookie } from './device-cookie.ts';

/** A try at a password, which was counted before it is checked. */
export interface SignInTry {
  readonly kind: 'taken';
  /** Whose turn the check takes. */
  readonly holder: Holder;
  /** What the audit says of it: `knownBrowser` where the try was one of a device cookie. */
  readonly audited: { readonly knownBrowser?: true };
  /** Gives the try back, because nothing was checked. */
  withdraw(): Promise<void>;
  /** Gives the try back, because the password was right. */
  reward(): Promise<void>;
}

/**
 * Takes a try at a password: of the browser's device cookie, while that has some; otherwise of those that user and address
 * have. So whoever guesses elsewhere does not lock a person out of the browsers in which they signed in before, and a stolen
 * cookie is good for its few tries. Browsers with a device cookie take turns with all others together.
 */
export async function takeSignInTry(
  context: Context,
  guess: Guess,
  cookie: DeviceCookie | undefined,
): Promise<SignInTry | { readonly kind: 'limited'; readonly untilMs: number }> {
  if (cookie !== undefined && (await takeTryOfDeviceCookie(context, cookie, guess.address))) {
    const giveBack = () => returnTryOfDeviceCookie(context, cookie);
    return {
      kind: 'taken',
      holder: [
        { name: 'browsers with a device cookie', shares: Number.POSITIVE_INFINITY },
        { name: `user ${cookie.userId}`, shares: 4 },
        { name: `device cookie ${cookie.id}`, shares: 1 },
      ],
      audited: { knownBrowser: true },
      withdraw: giveBack,
      reward: giveBack,
    };
  }
  const untilMs = await takeGuess(context, guess);
  if (untilMs !== undefined) return { kind: 'limited', untilMs };
  return {
    kind: 'taken',
    holder: [{ name: 'other browsers', shares: Number.POSITIVE_INFINITY }, ...addressBlocks(guess.address)],
    audited: {},
    withdraw: () => withdrawGuess(context, guess),
    reward: () => returnGuess(context, guess),
  };
}
