import { assumedRoleArn, roleId, roleName } from '../access/role-arn.ts';
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '../generated/sts.ts';
import type { Call } from '../http/api.ts';
import { requireSignature } from './require-signature.ts';

/**
 * Who the caller is. A presigned request is a token here, which others replay to learn whose it is (`aws eks get-token`): it
 * is good for 15 minutes from its `X-Amz-Date`, as STS has it, however short or long its `X-Amz-Expires`.
 *
 * @see com.amazonaws.sts#GetCallerIdentity
 */
export async function handleGetCallerIdentity(
  _input: GetCallerIdentityRequest,
  { context, request }: Call,
): Promise<GetCallerIdentityResponse> {
  const session = await requireSignature(context, request, { ignoresExpires: true });
  return {
    Account: session.accountId,
    Arn: assumedRoleArn(session.accountId, roleName(context.instanceId, session), session.sessionName),
    UserId: `${roleId(context.instanceId, session)}:${session.sessionName}`,
  };
}
