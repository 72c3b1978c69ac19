import type { Context } from '../context.ts';
import { parseToken } from '../keys/token.ts';
import type { Origin } from '../origin.ts';
import { noteUse } from '../people/session-use.ts';
import { withCurrentEnd } from '../policy/session-length.ts';
import type { FoundAuthorization } from '../store/store.ts';
import type { Client } from './client.ts';
import { requireGrantType } from './client-registration.ts';
import { GrantError } from './grant-error.ts';
import { REFRESH_TOKEN } from './grant-types.ts';
import { requireNetwork } from './require-network.ts';
import { afterRotation, type Grace, isInGrace, planRotation } from './rotation.ts';
import { narrowScopes, splitScopes } from './scopes.ts';
import {
  authorizedUser,
  type FoundAllowed,
  findDemandsOfUse,
  findTokenAuthorization,
  graceOf,
  type IssuedTokens,
  issueTokens,
  requireSameClient,
} from './tokens.ts';

/** The error text for every refresh token that is refused. Tools look for it, and a client need not know the reason. */
const INVALID = 'Invalid refresh token provided';

/**
 * Redeems a refresh token for the next tokens of its session (RFC 6749 section 6), and rotates it (RFC 9700 section
 * 4.14.2).
 *
 * Several processes share one cached token and refresh it at once, and an answer can get lost: within the grace, counted
 * from its own rotation, a token that was rotated still yields the session's current tokens, the same for everyone.
 * After that it is being used by somebody who should not have it, and the session ends.
 *
 * A genuine token of a later generation than its session is no reuse: the store went back in time, and the session goes on
 * from the token (docs/decisions/0032).
 *
 * @throws {GrantError} `invalid_grant`, `invalid_scope`, `unauthorized_client`
 */
export async function redeemRefreshToken(
  context: Context,
  client: Client,
  {
    refreshToken,
    scope,
    origin,
  }: { refreshToken: string; scope: readonly string[] | undefined; origin: Origin },
): Promise<IssuedTokens> {
  requireGrantType(client, REFRESH_TOKEN);
  const token = parseToken('refreshToken', refreshToken);
  const found = token && (await findTokenAuthorization(context, token));
  if (token === undefined || found === undefined) throw new GrantError('invalid_grant', INVALID);
  requireSameClient(client, found, 'refresh token');
  const grace = graceOf(context);
  if (!isActive(found)) throw new GrantError('invalid_grant', INVALID);
  const demands = context.policy && (await findDemandsOfUse(context, found));
  const current = withCurrentEnd(context, found, demands);
  if (!isLive(current, grace.nowMs)) throw new GrantError('invalid_grant', INVALID);
  // Before the rotation: a thief elsewhere neither gets tokens, nor ends the session of whoever has it.
  if (demands) requireNetwork(context, found, demands, { act: 'refresh', origin });
  const scopes = narrowScopes(splitScopes(found.scopes), scope);

  const { session, isRotated } = await rotate(context, current, token.generation, grace);
  if (!isLive(session, grace.nowMs)) throw new GrantError('invalid_grant', INVALID);
  const { id: authorizationId, userId, generation } = session;
  if (token.generation !== generation && !isInGrace(session, token.generation, grace)) {
    await context.store.endAuthorization(authorizationId, grace.nowMs);
    context.audit.record({ event: 'refreshTokenReused', userId, authorizationId }, origin);
    throw new GrantError('invalid_grant', INVALID);
  }
  noteUse(context, 'program', session, origin);
  const event = isRotated ? 'tokensRefreshed' : 'tokensRepeated';
  const wentBack = isRotated && found.generation < token.generation;
  context.audit.record(
    {
      ...{ event, userId, authorizationId, generation },
      ...(wentBack && { storedGeneration: found.generation }),
    },
    origin,
  );
  return issueTokens(context, client, session, scopes);
}

type LiveSession = Extract<FoundAllowed, { readonly state: 'active' }>;

/** Rotates the session's tokens unless `generation` is over. @returns the session as it is then */
async function rotate(
  context: Context,
  session: LiveSession,
  generation: number,
  grace: Grace,
): Promise<{ readonly session: FoundAuthorization | undefined; readonly isRotated: boolean }> {
  const rotation = generation < session.generation ? undefined : planRotation(session, grace, generation);
  if (rotation === undefined) return { session, isRotated: false };
  if (await context.store.rotateTokens(session.id, rotation)) {
    return { session: afterRotation(session, rotation), isRotated: true };
  }
  const found = await context.store.findAuthorization(session.id);
  const { sessionEndsAtMs } = session;
  return { session: found && isActive(found) ? { ...found, sessionEndsAtMs } : found, isRotated: false };
}

function isActive(row: FoundAuthorization): row is LiveSession {
  return row.state === 'active';
}

function isLive(row: FoundAuthorization | undefined, nowMs: number): row is LiveSession {
  return (
    row?.state === 'active' &&
    row.endedAtMs === null &&
    row.sessionEndsAtMs > nowMs &&
    authorizedUser(row) !== undefined
  );
}
