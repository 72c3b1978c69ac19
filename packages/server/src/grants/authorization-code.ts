import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import { randomBytes } from '../keys/random.ts';
import { issueToken, parseToken, SALT_BYTES } from '../keys/token.ts';
import type { Origin } from '../origin.ts';
import type { SignInSession } from '../people/sign-in.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { authorizationResponse } from './authorization-response.ts';
import type { Client } from './client.ts';
import { requireGrantType } from './client-registration.ts';
import { GrantError } from './grant-error.ts';
import { AUTHORIZATION_CODE } from './grant-types.ts';
import { redeemCode } from './redeem-code.ts';
import { findTokenAuthorization, type IssuedTokens, isAllowed, requireSameClient } from './tokens.ts';

interface Answer {
  readonly request: AuthorizationRequest;
  readonly session: SignInSession;
  readonly origin: Origin;
}

/**
 * Issues an authorization code for a request that its person has allowed (RFC 6749 section 4.1.2).
 *
 * @returns where to send the browser: the redirect URI with `code`, `state` and `iss` (RFC 9207)
 */
export async function allowAuthorization(
  context: Context,
  { request, session, origin }: Answer,
): Promise<string> {
  const nowMs = context.now();
  const id = context.store.newId(nowMs);
  const salt = randomBytes(SALT_BYTES);
  const codeExpiresAtMs = nowMs + context.config.lifetimes.authorizationCodeSeconds * 1000;
  await context.store.insertApprovedAuthorization(
    {
      id,
      salt,
      clientId: request.clientId,
      scopes: request.scopes.join(' '),
      createdAtMs: nowMs,
      codeExpiresAtMs,
    },
    { userId: session.user.id, userVersion: session.user.version, signInSessionId: session.id },
    { redirectUri: request.redirectUri, codeChallenge: request.codeChallenge },
  );
  const { clientName } = request;
  context.audit.record({ event: 'authorizationAllowed', userId: session.user.id, clientName }, origin);
  const claims = { id, generation: 0, scopeMask: 0, expiresAtMs: codeExpiresAtMs };
  const code = issueToken(context.keys, 'authorizationCode', claims, salt);
  return authorizationResponse(context.config.baseUrl, request, { code });
}

/** @returns where to send the browser: the redirect URI with `error=access_denied`, `state` and `iss` */
export async function denyAuthorization(
  context: Context,
  { request, session, origin }: Answer,
): Promise<string> {
  const { clientName } = request;
  context.audit.record({ event: 'authorizationDenied', userId: session.user.id, clientName }, origin);
  const answer = { error: 'access_denied', error_description: 'The request was denied' };
  return authorizationResponse(context.config.baseUrl, request, answer);
}

/**
 * Redeems an authorization code (RFC 6749 section 4.1.3), with proof that this client asked for it (RFC 7636 section 4.6).
 *
 * @param proof.redirectUri - to the letter what the authorization request had
 * @throws {GrantError} `invalid_grant`, `unauthorized_client`, `invalid_scope`
 */
export async function redeemAuthorizationCode(
  context: Context,
  client: Client,
  proof: {
    readonly code: string;
    readonly redirectUri: string;
    readonly codeVerifier: string;
    readonly scope: readonly string[] | undefined;
    readonly origin: Origin;
  },
): Promise<IssuedTokens> {
  requireGrantType(client, AUTHORIZATION_CODE);
  const token = parseToken('authorizationCode', proof.code);
  const authorization = token && (await findTokenAuthorization(context, token));
  if (authorization === undefined || !isAllowed(authorization)) {
    throw new GrantError('invalid_grant', 'The authorization code is not one of this instance');
  }
  requireSameClient(client, authorization, 'authorization code');
  const { codeBinding } = authorization;
  if (codeBinding?.redirectUri !== proof.redirectUri) {
    throw new GrantError(
      'invalid_grant',
      'The redirect URI is not the one the authorization code was sent to',
    );
  }
  if (hash('sha256', proof.codeVerifier, 'base64url') !== codeBinding.codeChallenge) {
    throw new GrantError(
      'invalid_grant',
      'The code verifier does not match the code challenge of the authorization request',
    );
  }
  if (authorization.state === 'approved' && authorization.codeExpiresAtMs <= context.now()) {
    throw new GrantError('expired_token', 'The authorization code has expired: start the sign-in again');
  }
  const kind = { name: 'authorization code', reused: 'authorizationCodeReused' } as const;
  return redeemCode(context, client, authorization, { kind, requested: proof.scope, origin: proof.origin });
}
