import type { WireResponse } from '@latchkey/wire';
import type { SignInFactor } from '../../factors/sign-in-factors.ts';
import { startSignInSession } from '../../people/sign-in.ts';
import { beginSessionCookies, findSessionCookies } from '../session-cookie.ts';
import { seeOther } from '../visit.ts';
import { type ChangeVisit, returnOf } from './change-visit.ts';

/**
 * Goes on after a person added a factor. Where the policy asked for it on their way to something, they go on to that, in a new sign-in
 * session that counts as signed in with the factor, too: they have just shown it. When they signed in stays what it was.
 */
export async function goOnWith(visit: ChangeVisit, added: SignInFactor): Promise<WireResponse> {
  const { context, request, signedIn } = visit;
  const returnTo = returnOf(visit);
  if (returnTo === undefined || context.policy === undefined) return seeOther(returnTo ?? '/me/security');
  const { session } = signedIn;
  const { user, factors } = session;
  const found = await findSessionCookies(request, context);
  const started = await startSignInSession(context, user, {
    ...{ origin: request.origin, replaced: [session], continues: session },
    factors: [...new Set([...factors, added])],
  });
  return seeOther(returnTo, beginSessionCookies(context, started, found));
}
