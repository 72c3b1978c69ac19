import type { Context } from '../context.ts';
import type { Origin } from '../origin.ts';
import type { AuthorizationRow } from '../store/store.ts';
import { GrantError } from './grant-error.ts';
import type { Client } from './registered-client.ts';
import { narrowScopes, splitScopes } from './scopes.ts';
import { findAuthorizedUser, type IssuedTokens, isActive, isInGrace, issueTokens } from './tokens.ts';

/** What the two kinds of code are called, and how their reuse is recorded. */
export interface CodeKind {
  readonly name: 'device code' | 'authorization code';
  readonly reused: 'deviceCodeReused' | 'authorizationCodeReused';
}

/**
 * Redeems a code of an authorization that a person has approved: starts its session, and issues the first tokens.
 *
 * A client whose answer was lost sends the request again (every SDK does): within the grace, and as long as the session
 * has not moved on, it gets the same tokens. Later the code is being used twice, and the session ends (RFC 6749 section
 * 4.1.2).
 *
 * @throws {GrantError} `invalid_grant`, `invalid_scope`
 */
export async function redeemCode(
  context: Context,
  client: Client,
  authorization: AuthorizationRow,
  { kind, requested, origin }: { kind: CodeKind; requested: readonly string[] | undefined; origin: Origin },
): Promise<IssuedTokens> {
  if (findAuthorizedUser(context, authorization) === undefined || authorization.endedAtMs !== null) {
    throw new GrantError('invalid_grant', 'The session in which this was allowed has ended: sign in again');
  }
  if (authorization.state === 'approved') {
    const nowMs = context.now();
    const scopes = narrowScopes(splitScopes(authorization.scopes), requested).join(' ');
    const expiresAtMs = nowMs + context.config.lifetimes.sessionSeconds * 1000;
    if (await context.store.redeemAuthorization(authorization.id, { scopes, nowMs, expiresAtMs })) {
      const { userId, id: authorizationId } = authorization;
      context.audit.record({ event: 'sessionStarted', userId, authorizationId }, origin);
    }
  }
  const redeemed = await context.store.findAuthorization(authorization.id);
  if (redeemed === undefined || !isActive(redeemed) || redeemed.endedAtMs !== null) {
    throw new GrantError('invalid_grant', `The ${kind.name} is not valid any more: sign in again`);
  }
  if (redeemed.generation !== 1 || !isInGrace(context, redeemed)) {
    await context.store.endAuthorization(redeemed.id, context.now());
    context.audit.record(
      { event: kind.reused, userId: redeemed.userId, authorizationId: redeemed.id },
      origin,
    );
    throw new GrantError(
      'invalid_grant',
      `The ${kind.name} was redeemed before: its session has ended, sign in again`,
    );
  }
  return issueTokens(context, client, redeemed, narrowScopes(splitScopes(redeemed.scopes), requested));
}
