import type { Context } from '../context.ts';
import { parseToken } from '../keys/token.ts';
import type { Origin } from '../origin.ts';
import { requireGrantType } from './client.ts';
import { GrantError } from './grant-error.ts';
import { REFRESH_TOKEN } from './grant-types.ts';
import type { Client } from './registered-client.ts';
import { narrowScopes, splitScopes } from './scopes.ts';
import {
  findAuthorizedUser,
  findTokenAuthorization,
  type IssuedTokens,
  isActive,
  isInGrace,
  issueTokens,
  requireSameClient,
} from './tokens.ts';

/** One text for every refresh token that does not work, as a client need not know why (and tools look for it). */
const INVALID = 'Invalid refresh token provided';

/**
 * Redeems a refresh token for the next tokens of its session (RFC 6749 section 6), and rotates it (RFC 9700 section
 * 4.14.2).
 *
 * Several processes share one cached token and refresh it at once, and an answer can get lost: within the grace, the
 * token before the current one still yields the current tokens, the same for everyone. After that it is being used by
 * somebody who should not have it, and the session ends.
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
  const nowMs = context.now();
  const isOver = found.endedAtMs !== null || found.expiresAtMs <= nowMs;
  if (isOver || findAuthorizedUser(context, found) === undefined)
    throw new GrantError('invalid_grant', INVALID);
  const scopes = narrowScopes(splitScopes(found.scopes), scope);

  const rotated =
    token.generation === found.generation &&
    (await context.store.rotateTokens(found.id, token.generation, nowMs));
  const current = rotated
    ? { ...found, generation: found.generation + 1, rotatedAtMs: nowMs }
    : await context.store.findAuthorization(found.id);
  if (current === undefined || !isActive(current) || current.endedAtMs !== null) {
    throw new GrantError('invalid_grant', INVALID);
  }
  if (current.generation !== token.generation + 1 || !isInGrace(context, current)) {
    await context.store.endAuthorization(current.id, nowMs);
    context.audit.record(
      { event: 'refreshTokenReused', userId: current.userId, authorizationId: current.id },
      origin,
    );
    throw new GrantError('invalid_grant', INVALID);
  }
  return issueTokens(context, client, current, scopes);
}
