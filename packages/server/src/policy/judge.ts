import { hasSecondFactor, type SignInFactor } from '../factors/sign-in-factors.ts';
import type { Origin } from '../origin.ts';
import type { Demands } from './demands.ts';
import type { RequiredFactors, Rule } from './rules.ts';

/** What a sign-in session says of the person. */
export interface ShownSignIn {
  readonly factors: readonly SignInFactor[];
  readonly createdAtMs: number;
}

/** A demand that is not met, and the rule that has it. */
export type Unmet =
  | { readonly kind: 'network'; readonly rule: Rule }
  /** Another sign-in meets it. */
  | UnmetBySignIn;

export interface UnmetBySignIn {
  readonly kind: 'signIn';
  /** What to sign in with; absent where it is only to be soon. */
  readonly factors?: RequiredFactors;
  /** How long ago that may be, at what the person wants to do; absent where it does not matter. */
  readonly recentSignInSeconds?: number;
  readonly rule: Rule;
}

/** @returns the first network in which an address is not; the address of a proxy that nobody trusts is in none */
export function judgeNetwork(
  { networks }: Pick<Demands, 'networks'>,
  { address, viaUntrustedProxy }: Pick<Origin, 'address' | 'viaUntrustedProxy'>,
): Unmet | undefined {
  const missed = networks.find(({ value }) => viaUntrustedProxy === true || !value.blocks.contains(address));
  return missed && { kind: 'network', rule: missed.rule };
}

/** @returns all that another sign-in must bring, where this one is not enough */
export function judgeSignIn(
  { factors, recentSignInSeconds }: Pick<Demands, 'factors' | 'recentSignInSeconds'>,
  shown: ShownSignIn,
  nowMs: number,
): UnmetBySignIn | undefined {
  const isRecent =
    recentSignInSeconds === undefined || nowMs - shown.createdAtMs <= recentSignInSeconds.value * 1000;
  const areShown = factors === undefined || meets(shown.factors, factors.value);
  const missed = areShown ? (isRecent ? undefined : recentSignInSeconds) : factors;
  return (
    missed && {
      kind: 'signIn',
      rule: missed.rule,
      ...(factors && { factors: factors.value }),
      ...(recentSignInSeconds && { recentSignInSeconds: recentSignInSeconds.value }),
    }
  );
}

/**
 * Whether what a person signed in with is what is required. A recovery code stands in for a second factor, not for a passkey; a
 * one-time link beside a password for neither, as it is for setting one up.
 */
export function meets(shown: readonly SignInFactor[], required: RequiredFactors): boolean {
  return required === 'passkey'
    ? shown.some((factor) => factor === 'passkey' || factor === 'verifiedPasskey')
    : hasSecondFactor(shown) && shown.some((factor) => factor !== 'password' && factor !== 'link');
}

/** Whether a person has something to sign in with that meets what is required. */
export function canMeet(had: readonly { readonly kind: 'totp' | 'passkey' }[], required: RequiredFactors) {
  return required === 'passkey' ? had.some(({ kind }) => kind === 'passkey') : had.length > 0;
}
