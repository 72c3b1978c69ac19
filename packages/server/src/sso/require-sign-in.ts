import { renderDuration } from '../config/duration.ts';
import type { Context } from '../context.ts';
import { parseFactors } from '../factors/sign-in-factors.ts';
import type { Access } from '../grants/tokens.ts';
import type { Origin } from '../origin.ts';
import { clientOfRow } from '../policy/find-demands.ts';
import { judgeSignIn, type UnmetBySignIn } from '../policy/judge.ts';
import { UNKNOWN_CLIENT } from '../policy/rules.ts';
import { findSignInSessionSeconds } from '../policy/session-length.ts';
import { noAccess } from './errors.ts';

/**
 * Requires that the browser in which a person allowed a program was signed in to as the policy demands for a role. Signing in again in
 * that browser is enough for the next call: what was allowed in it belongs to the new sign-in session.
 *
 * @throws {SsoError} `ForbiddenException`, whose message AWS clients show as it is; `UnauthorizedException` they replace by their own
 */
export async function requireSignIn(
  context: Context,
  { user, authorization, demands }: Access,
  roleName: string,
  origin: Origin,
): Promise<void> {
  if (demands?.factors === undefined && demands?.recentSignInSeconds === undefined) return;
  const session = await context.store.findSignInSession(authorization.signInSessionId);
  const shown = { factors: parseFactors(session?.factors), createdAtMs: session?.createdAtMs ?? 0 };
  const unmet = judgeSignIn(demands, shown, context.now());
  if (unmet === undefined) return;
  const { id: authorizationId } = authorization;
  const whom = { userId: user.id, authorizationId, roleName } as const;
  const { name: rule } = unmet.rule;
  const refusal = { act: 'getRoleCredentials', reason: 'signIn', rule } as const;
  context.audit.record({ event: 'policyRefused', ...whom, ...refusal }, origin);
  const lastsMs = (await findSignInSessionSeconds(context, user.id)) * 1000;
  const endsAtMs = session && Math.min(session.expiresAtMs, session.createdAtMs + lastsMs);
  const goesOn = endsAtMs !== undefined && endsAtMs > context.now();
  const client = clientOfRow(context, authorization.clientId);
  const advice = goesOn ? describeStepUp(context, roleName, client) : SIGN_IN_ANEW;
  throw noAccess(`${describeNeed(roleName, unmet)}. ${advice}`);
}

const SIGN_IN_ANEW =
  'The browser in which you allowed this program is not signed in any more: sign in anew, as by `aws sso login`';

function describeNeed(roleName: string, { factors, recentSignInSeconds }: UnmetBySignIn): string {
  const what = factors && { passkey: ' with a passkey', secondFactor: ' with a second factor' }[factors];
  const when = recentSignInSeconds === undefined ? '' : ` of the last ${renderDuration(recentSignInSeconds)}`;
  return `${roleName} needs a sign-in${what ?? ''}${when}`;
}

function describeStepUp({ config }: Context, role: string, client: string): string {
  const query = new URLSearchParams({ role, ...(client !== UNKNOWN_CLIENT && { client }) });
  const url = `${config.baseUrl}/step-up?${query}`;
  return `Open ${url} in the browser in which you allowed this program, sign in there, and run the command again`;
}
