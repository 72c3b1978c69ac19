import type { Context } from '../context.ts';
import { nameKey } from '../directory/name-key.ts';
import type { RoleSession } from './role-credentials.ts';

/** Why role credentials are good for nothing before their own end. */
export type EndOfRoleSession =
  /** The session that they came of was ended, or the person may not sign in any more. */
  | 'ended'
  /** The person does not have the role any more. */
  | 'notAssigned'
  /** What was issued for the role until then is revoked. */
  | 'revoked';

/**
 * Finds out whether what role credentials came of still is, as of this request. A session that merely ran out leaves its
 * credentials to their own end: the store keeps a session for as long as credentials may live after it
 * (`MAX_ROLE_SESSION_MS`), so that one which is not there was ended.
 *
 * @returns absent: they are good
 */
export async function findEndOfRoleSession(
  { store, directory }: Pick<Context, 'store' | 'directory'>,
  session: RoleSession,
): Promise<EndOfRoleSession | undefined> {
  const { authorizationId, accountId, permissionSetName, issuedAtMs = 0 } = session;
  const role = { accountId, roleName: permissionSetName };
  // At once: a database on a network is waited for once.
  const [revoked, found] = await Promise.all([
    store.findRoleRevocation(role),
    authorizationId === undefined ? undefined : store.findAuthorization(authorizationId, role),
  ]);
  if (revoked !== undefined && issuedAtMs < revoked) return 'revoked';
  if (authorizationId === undefined) return findEndOfFirstRelease(directory, session);
  if (found?.state !== 'active' || found.endedAtMs !== null) return 'ended';
  const { user, userVersion } = found;
  if (user?.version !== userVersion) return 'ended';
  return found.role === undefined ? 'notAssigned' : undefined;
}

/** Credentials that release 0.1 issued don't say whose session they came of: those of a person who has the role are good. */
async function findEndOfFirstRelease(
  directory: Context['directory'],
  { sessionName, accountId, permissionSetName }: RoleSession,
): Promise<EndOfRoleSession | undefined> {
  const user = await directory.findUserByName(nameKey(sessionName));
  if (user?.userName !== sessionName) return 'ended';
  const role = await directory.findAssignedRole(user.id, { accountId, roleName: permissionSetName });
  return role === undefined ? 'notAssigned' : undefined;
}
