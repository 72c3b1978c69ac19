import type { Context } from '../context.ts';
import type { SignInSession } from '../people/sign-in.ts';
import { hasSecondFactor } from './sign-in-factors.ts';

/** How old a sign-in may be for a change of what one signs in with, in seconds. */
export const RECENT_SIGN_IN_SECONDS = 15 * 60;

/**
 * Whether a sign-in is good for a change of what one signs in with: it is recent, and with a second factor where the person has one.
 */
export function mayChangeFactors(
  context: Context,
  session: SignInSession,
  factors: readonly unknown[],
): boolean {
  const isRecent = context.now() - session.createdAtMs <= RECENT_SIGN_IN_SECONDS * 1000;
  return isRecent && (factors.length === 0 || hasSecondFactor(session.factors));
}
