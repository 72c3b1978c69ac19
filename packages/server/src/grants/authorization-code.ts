import { hash } from 'node:crypto';
import type { Context } from '../context.ts';
import { parseToken } from '../keys/token.ts';
import type { Origin } from '../origin.ts';
import type { Client } from './client.ts';
import { requireGrantType } from './client-registration.ts';
import { GrantError } from './grant-error.ts';
import { AUTHORIZATION_CODE } from './grant-types.ts';
import { redeemCode } from './redeem-code.ts';
import { findTokenAuthorization, type IssuedTokens, isAllowed, requireSameClient } from './tokens.ts';

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
