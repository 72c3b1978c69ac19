import type { Context } from '../context.ts';
import type { SignInSession } from '../people/sign-in.ts';
import { hasSecondFactor } from './sign-in-factors.ts';

/** How old a sign-in may be for a change of what is a person's own, in seconds. */
export const RECENT_SIGN_IN_SECONDS = 15 * 60;

/** Whether a person signed in so recently that a change is theirs, and not of somebody who found the browser open. */
export function isRecentSignIn({ now }: Pick<Context, 'now'>, { createdAtMs }: SignInSession): boolean {
  return now() - createdAtMs <= RECENT_SIGN_IN_SECONDS * 1000;
}

/**
 * Whether a sign-in is good for a change of what one signs in with: it is recent, and with a second factor where the person has one.
 */
export function mayChangeFactors(
  context: Context,
  session: SignInSession,
  factors: readonly unknown[],
): boolean {
  return isRecentSignIn(context, session) && (factors.length === 0 || hasSecondFactor(session.factors));
}
