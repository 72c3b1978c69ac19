import type { Context } from '../context.ts';
import { describeOtherNetwork } from '../grants/require-network.ts';
import { ACCOUNT_ACCESS, isAccountAccess } from '../grants/scopes.ts';
import { type Access, findAccess } from '../grants/tokens.ts';
import type { Origin } from '../origin.ts';
import type { RoleInAccount } from '../people/directory.ts';
import { noteUse } from '../people/session-use.ts';
import { judgeNetwork } from '../policy/judge.ts';
import { invalidToken, noAccess } from './errors.ts';

/**
 * Finds what an access token stands for, if it may be used for accounts and roles.
 *
 * @param role - which role of the user to find in the same read
 * @throws {SsoError} `UnauthorizedException`; `ForbiddenException` when it lacks the scope `sso:account:access`, or
 *   the policy names other networks than the one that asks
 */
export async function requireAccess(
  context: Context,
  accessToken: string,
  origin: Origin,
  role?: RoleInAccount,
): Promise<Access> {
  const access = await findAccess(context, accessToken, role && { role });
  if (access === undefined) throw invalidToken();
  if (!access.scopes.some(isAccountAccess)) {
    throw noAccess(`No access: the token lacks the scope ${ACCOUNT_ACCESS}`);
  }
  const { user, authorization, demands } = access;
  const unmet = demands && judgeNetwork(demands, origin);
  if (unmet !== undefined) {
    const { id: authorizationId } = authorization;
    const whom = { userId: user.id, authorizationId, ...(role && { roleName: role.roleName }) };
    const act = role === undefined ? 'use' : 'getRoleCredentials';
    const { name: rule } = unmet.rule;
    context.audit.record({ event: 'policyRefused', ...whom, act, reason: 'network', rule }, origin);
    throw noAccess(describeOtherNetwork(origin));
  }
  noteUse(context, 'program', access.authorization, origin);
  return access;
}
