import { issueRoleCredentials } from '../access/role-credentials.ts';
import type { GetRoleCredentialsRequest, GetRoleCredentialsResponse } from '../generated/sso.ts';
import type { Call } from '../http/api.ts';
import { noAccess } from './errors.ts';
import { requireAccess } from './require-access.ts';
import { requireSignIn } from './require-sign-in.ts';

/** @see com.amazonaws.sso#GetRoleCredentials */
export async function handleGetRoleCredentials(
  { accessToken, accountId, roleName }: GetRoleCredentialsRequest,
  { context, request: { origin } }: Call,
): Promise<GetRoleCredentialsResponse> {
  const asked = { accountId, roleName };
  const access = await requireAccess(context, accessToken, origin, asked);
  const { user, authorization, role, demands } = access;
  if (role === undefined) throw noAccess();
  if (demands !== undefined) await requireSignIn(context, access, roleName, origin);
  const { id: authorizationId } = authorization;
  const issued = issueRoleCredentials(context, { user, authorizationId, accountId, role });
  const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = issued;
  context.audit.record(
    { event: 'roleCredentialsIssued', userId: user.id, authorizationId, accountId, roleName, accessKeyId },
    origin,
  );
  return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAtMs } };
}
