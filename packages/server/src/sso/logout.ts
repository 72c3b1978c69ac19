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
  const find = () => findAccess(context, accessToken, { allowExpired: true });
  const access = await find();
  if (access === undefined) throw invalidToken();
  const { id: authorizationId } = access.authorization;
  // Where the person signs in again at this moment, the token goes on in the new sign-in session: then that one ends.
  let current: typeof access | undefined = access;
  while (
    current !== undefined &&
    !(await context.store.endSignInSession(current.authorization.signInSessionId, context.now()))
  ) {
    current = await find();
  }
  context.audit.record({ event: 'sessionLoggedOut', userId: access.user.id, authorizationId }, origin);
  return {};
}
