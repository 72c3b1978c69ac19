import type { Context } from '../context.ts';
import { type Origin, placeOf } from '../origin.ts';
import type { Demands } from '../policy/demands.ts';
import { sessionSecondsOf, withCurrentEnd } from '../policy/session-length.ts';
import type { ApprovedAuthorization } from '../store/store.ts';
import type { Client } from './client.ts';
import { GrantError } from './grant-error.ts';
import { requireNetwork } from './require-network.ts';
import { isInGrace } from './rotation.ts';
import { narrowScopes, splitScopes } from './scopes.ts';
import {
  authorizedUser,
  type FoundAllowed,
  findDemandsOfUse,
  graceOf,
  type IssuedTokens,
  issueTokens,
} from './tokens.ts';

/** A code counts as the token of generation 0: it is exchanged for the tokens of generation 1. */
const CODE_GENERATION = 0;

/** A kind of code: its name in errors, and the audit event of its reuse. */
export interface CodeKind {
  readonly name: 'device code' | 'authorization code';
  readonly reused: 'deviceCodeReused' | 'authorizationCodeReused';
}

/**
 * Redeems a code of an authorization that a person has approved: starts its session, and issues the first tokens.
 *
 * A client whose answer was lost sends the request again (every SDK does): within the grace it gets the session's
 * current tokens. Later the code is being used twice, and the session ends (RFC 6749 section 4.1.2).
 *
 * @throws {GrantError} `invalid_grant`, `invalid_scope`
 */
export async function redeemCode(
  context: Context,
  client: Client,
  authorization: FoundAllowed,
  { kind, requested, origin }: { kind: CodeKind; requested: readonly string[] | undefined; origin: Origin },
): Promise<IssuedTokens> {
  if (authorization.endedAtMs !== null || authorizedUser(authorization) === undefined) {
    throw new GrantError('invalid_grant', 'The session in which this was allowed has ended: sign in again');
  }
  const { id: authorizationId, userId } = authorization;
  const demands = context.policy && (await findDemandsOfUse(context, authorization));
  if (demands) requireNetwork(context, authorization, demands, { act: 'redeem', origin });
  const isFirst =
    authorization.state === 'approved' &&
    (await startSession(context, authorization, { requested, origin, demands }));
  const found = await context.store.findAuthorization(authorizationId);
  if (found?.state !== 'active' || found.endedAtMs !== null || authorizedUser(found) === undefined) {
    throw new GrantError('invalid_grant', `The ${kind.name} is not valid any more: sign in again`);
  }
  const session = withCurrentEnd(context, found, demands);
  if (!isFirst && !isInGrace(session, CODE_GENERATION, graceOf(context))) {
    await context.store.endAuthorization(authorizationId, context.now());
    context.audit.record({ event: kind.reused, userId, authorizationId }, origin);
    throw new GrantError(
      'invalid_grant',
      `The ${kind.name} was redeemed before: its session has ended, sign in again`,
    );
  }
  const { generation } = session;
  const event = isFirst ? 'sessionStarted' : 'tokensRepeated';
  context.audit.record({ event, userId, authorizationId, generation }, origin);
  return issueTokens(context, client, session, narrowScopes(splitScopes(session.scopes), requested));
}

/** @returns whether it was this call that started it */
function startSession(
  context: Context,
  authorization: ApprovedAuthorization,
  {
    requested,
    origin,
    demands,
  }: { requested: readonly string[] | undefined; origin: Origin; demands: Demands | undefined },
): Promise<boolean> {
  const nowMs = context.now();
  const scopes = narrowScopes(splitScopes(authorization.scopes), requested).join(' ');
  const sessionEndsAtMs = nowMs + sessionSecondsOf(context, demands) * 1000;
  const redemption = { scopes, nowMs, sessionEndsAtMs, ...placeOf(origin) };
  return context.store.redeemAuthorization(authorization.id, redemption);
}
