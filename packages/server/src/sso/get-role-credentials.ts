import { findAssignedRole, issueRoleCredentials } from '../access/role-credentials.ts';
import type { GetRoleCredentialsRequest, GetRoleCredentialsResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import { noAccess } from './errors.ts';
import { requireAccess } from './require-access.ts';

/** @see com.amazonaws.sso#GetRoleCredentials */
export async function handleGetRoleCredentials(
  { accessToken, accountId, roleName }: GetRoleCredentialsRequest,
  { context, request: { origin } }: Call,
): Promise<GetRoleCredentialsResponse> {
  const { user } = await requireAccess(context, accessToken);
  const permissionSet = findAssignedRole(context, user, { accountId, roleName });
  if (permissionSet === undefined) throw noAccess();
  const issued = issueRoleCredentials(context, { user, accountId, permissionSet });
  const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = issued;
  context.audit.record(
    { event: 'roleCredentialsIssued', userId: user.id, accountId, roleName, accessKeyId },
    origin,
  );
  return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAtMs } };
}
