import type { Context } from '../context.ts';
import type { SignInSession } from '../people/sign-in.ts';
import { findDemands } from '../policy/find-demands.ts';
import { canMeet, judgeSignIn } from '../policy/judge.ts';
import type { Factor } from './factor.ts';
import { hasSecondFactor } from './sign-in-factors.ts';

/** How old a sign-in may be for a change of what is a person's own, in seconds. */
export const RECENT_SIGN_IN_SECONDS = 15 * 60;

/** Whether a person signed in so recently that a change is theirs, and not of somebody who found the browser open. */
export function isRecentSignIn({ now }: Pick<Context, 'now'>, { createdAtMs }: SignInSession): boolean {
  return now() - createdAtMs <= RECENT_SIGN_IN_SECONDS * 1000;
}

/**
 * Whether a sign-in is good for a change of what one signs in with: it is recent, and with a second factor where the person has one;
 * and as the policy demands, where the person has what it demands. Who has it not yet sets it up with what they have; who has lost it,
 * with the password and a one-time link, by which an administrator vouches for them.
 *
 * @param had - what the person has
 */
export async function mayChangeFactors(
  context: Context,
  session: SignInSession,
  had: readonly Factor[],
): Promise<boolean> {
  if (!isRecentSignIn(context, session)) return false;
  if (had.length > 0 && !hasSecondFactor(session.factors)) return false;
  if (context.policy === undefined) return true;
  const demands = await findDemands(context, session.user.id, { kind: 'changeFactors' });
  const { factors, recentSignInSeconds } = demands;
  const isVouchedFor = session.factors.includes('password') && session.factors.includes('link');
  const asked = {
    ...(factors && !isVouchedFor && canMeet(had, factors.value) && { factors }),
    ...(recentSignInSeconds && { recentSignInSeconds }),
  };
  return judgeSignIn(asked, session, context.now()) === undefined;
}
