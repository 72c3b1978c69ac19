import { assumedRoleArn, roleId, roleName } from '../access/role-arn.ts';
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '../generated/sts.ts';
import type { Call } from '../http/api.ts';
import { requireSignature } from './require-signature.ts';

/** @see com.amazonaws.sts#GetCallerIdentity */
export async function handleGetCallerIdentity(
  _input: GetCallerIdentityRequest,
  { context, request }: Call,
): Promise<GetCallerIdentityResponse> {
  const session = await requireSignature(context, request);
  return {
    Account: session.accountId,
    Arn: assumedRoleArn(session.accountId, roleName(context.instanceId, session), session.sessionName),
    UserId: `${roleId(context.instanceId, session)}:${session.sessionName}`,
  };
}
