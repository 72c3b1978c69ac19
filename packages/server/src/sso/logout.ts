import type { LogoutRequest } from '../generated/sso.ts';
import { findAccess } from '../grants/tokens.ts';
import type { Call } from '../http/api.ts';
import { invalidToken } from './errors.ts';

/**
 * Ends the sign-in session behind the token: in the browser, and for every token approved in it, at once. People log
 * out at the end of a day, long after the access token of the morning has expired: it still says whose session it is.
 *
 * @see com.amazonaws.sso#Logout
 */
export async function handleLogout(
  { accessToken }: LogoutRequest,
  { context, request: { origin } }: Call,
): Promise<Record<string, never>> {
  const access = await findAccess(context, accessToken, { allowExpired: true });
  if (access === undefined) throw invalidToken();
  const { id: authorizationId, signInSessionId } = access.authorization;
  await context.store.endSignInSession(signInSessionId, context.now());
  context.audit.record({ event: 'sessionLoggedOut', userId: access.user.id, authorizationId }, origin);
  return {};
}
