import type { Context } from '../context.ts';
import { authorizationResponse } from './authorization-response.ts';
import type { Client } from './client.ts';
import { findClient, requireGrantType } from './client-registration.ts';
import { GrantError } from './grant-error.ts';
import { AUTHORIZATION_CODE } from './grant-types.ts';
import { isRegisteredRedirectUri } from './redirect-uri.ts';
import { narrowScopes, splitScopes } from './scopes.ts';

/** A valid request to `/authorize`, whose client and redirect URI have been checked. */
export interface AuthorizationRequest {
  readonly clientId: Uint8Array;
  readonly clientName: string;
  /** When the client's registration expires, and with it the request. */
  readonly clientExpiresAtMs: number;
  readonly scopes: readonly string[];
  /** A redirect URI that the client registered; on loopback, with the port of this request. */
  readonly redirectUri: string;
  /** BASE64URL(SHA-256(verifier)), 43 characters. */
  readonly codeChallenge: string;
  readonly state?: string;
}

export type ParseAuthorizationRequestResult =
  | { readonly kind: 'valid'; readonly request: AuthorizationRequest }
  /** The client or redirect URI is not to be trusted: show an error page, never redirect (RFC 6749 section 4.1.2.1). */
  | { readonly kind: 'invalid'; readonly fault: AuthorizationFault }
  /** Tell the client: redirect here, with `error` and `state` in the query. */
  | { readonly kind: 'refused'; readonly location: string };

/** What is wrong with a request from which nobody is sent back. */
export type AuthorizationFault =
  /** More than `MAX_PARAMETERS`. */
  | { readonly kind: 'tooManyParameters'; readonly parameters: number }
  | {
      readonly kind:
        | 'repeatedParameter'
        | 'unknownClient'
        | 'expiredClient'
        /** There is none in the request, and the client registered several. */
        | 'noRedirectUri'
        /** The client did not register it. */
        | 'foreignRedirectUri';
    };

/** The most parameters of a request. Unknown ones are ignored (RFC 6749 section 3.1), so there is room for some. */
export const MAX_PARAMETERS = 64;

/**
 * Reads and checks the query of `/authorize` (RFC 6749 section 4.1.1, RFC 7636 section 4.3). Scopes may come as `scope`
 * or, as from the AWS CLI, as `scopes`; without either, the client's own.
 */
export function parseAuthorizationRequest(context: Context, query: string): ParseAuthorizationRequestResult {
  const entries = [...new URLSearchParams(query)];
  if (entries.length > MAX_PARAMETERS)
    return invalid({ kind: 'tooManyParameters', parameters: entries.length });
  const parameters = new Map(entries);
  if (parameters.size < entries.length) return invalid({ kind: 'repeatedParameter' });
  const get = (name: string) => parameters.get(name) || undefined; // an empty value counts as none

  const client = findClient(context, get('client_id') ?? '');
  if (client === undefined) return invalid({ kind: 'unknownClient' });
  if (client.expiresAtMs <= context.now()) return invalid({ kind: 'expiredClient' });
  const redirectUri =
    get('redirect_uri') ?? (client.redirectUris.length === 1 ? client.redirectUris[0] : undefined);
  if (redirectUri === undefined) return invalid({ kind: 'noRedirectUri' });
  if (!URL.canParse(redirectUri) || !isRegisteredRedirectUri(redirectUri, client.redirectUris)) {
    return invalid({ kind: 'foreignRedirectUri' });
  }

  const state = get('state');
  try {
    const parts = {
      ...checkParameters(client, get),
      clientId: client.id,
      clientName: client.name,
      clientExpiresAtMs: client.expiresAtMs,
      redirectUri,
    };
    return { kind: 'valid', request: { ...parts, ...(state !== undefined && { state }) } };
  } catch (error) {
    if (!(error instanceof GrantError)) throw error;
    const answer = { error: error.code, error_description: error.message };
    const location = authorizationResponse(context.config.baseUrl, { redirectUri, state }, answer);
    return { kind: 'refused', location };
  }
}

/** @throws {GrantError} */
function checkParameters(
  client: Client,
  get: (name: string) => string | undefined,
): Pick<AuthorizationRequest, 'scopes' | 'codeChallenge'> {
  requireGrantType(client, AUTHORIZATION_CODE);
  if (get('response_type') !== 'code') {
    throw new GrantError('unsupported_response_type', 'response_type must be "code"');
  }
  if (get('code_challenge_method') !== 'S256') {
    throw new GrantError('invalid_request', 'PKCE is required: code_challenge_method must be "S256"');
  }
  const codeChallenge = get('code_challenge')?.replace(/=$/, ''); // the one `=` of padding says nothing
  if (codeChallenge === undefined || !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)) {
    throw new GrantError(
      'invalid_request',
      'PKCE is required: code_challenge must be 43 characters of base64url',
    );
  }
  const scopes = narrowScopes(client.scopes, splitScopes(get('scope') ?? get('scopes') ?? ''));
  return { scopes, codeChallenge };
}

function invalid(fault: AuthorizationFault): ParseAuthorizationRequestResult {
  return { kind: 'invalid', fault };
}
