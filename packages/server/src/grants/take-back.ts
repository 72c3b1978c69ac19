import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import { endSession } from '../people/end-session.ts';
import type { SignInSession } from '../people/sign-in.ts';
import { isAllowed } from './tokens.ts';

/**
 * Ends what a person has allowed, at once: its code and tokens, and the role credentials that came of them. It needs no recent
 * sign-in, as it gives nobody anything.
 *
 * @returns `ended` also where it had ended before; `notTheirs` where this person never allowed it
 */
export async function takeBackApproval(
  context: Context,
  authorizationId: number,
  { session, origin }: { readonly session: SignInSession; readonly origin: Origin },
): Promise<'ended' | 'notTheirs'> {
  const authorization = await context.store.findAuthorization(authorizationId);
  const { id: userId } = session.user;
  if (authorization === undefined || !isAllowed(authorization)) return 'notTheirs';
  if (authorization.userId !== userId) return 'notTheirs';
  const program = { kind: 'program', id: authorizationId, userId } as const;
  await endSession(context, program, { actor: userId, origin });
  return 'ended';
}
