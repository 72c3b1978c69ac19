import type { Context } from '../context.ts';
import { GrantError } from './grant-error.ts';
import { AUTHORIZATION_CODE, grantTypes } from './grant-types.ts';
import { checkRedirectUri } from './redirect-uri.ts';
import { MAX_SCOPES, parseScopes } from './scopes.ts';
import { isStartUrl } from './start-url.ts';

/** Client metadata (RFC 7591 section 2), as the client states it. An empty optional member counts as absent. */
export interface ClientMetadata {
  readonly clientName: string;
  readonly clientType: string;
  /** Items may hold several scopes joined by spaces. Absent: a legacy client, whose session cannot be refreshed. */
  readonly scopes?: readonly string[] | undefined;
  readonly redirectUris?: readonly string[] | undefined;
  /** Absent: the device code and refresh token grants, and the authorization code grant if there are redirect URIs. */
  readonly grantTypes?: readonly string[] | undefined;
  readonly issuerUrl?: string | undefined;
  readonly entitledApplicationArn?: string | undefined;
}

/**
 * Checks the metadata with which a client wants to register.
 *
 * @throws {GrantError} `invalid_client_metadata`, `invalid_scope`, `invalid_redirect_uri`, `unsupported_grant_type`,
 *   `invalid_request`
 */
export function checkClientMetadata(context: Context, metadata: ClientMetadata): void {
  const {
    clientType,
    scopes = [],
    redirectUris = [],
    grantTypes: stated = [],
    issuerUrl,
    entitledApplicationArn,
  } = metadata;
  if (clientType !== 'public') {
    throw new GrantError(
      'invalid_client_metadata',
      `The client type "${clientType}" is not known; it must be "public"`,
    );
  }
  const scopeCount = parseScopes(scopes).length;
  if (scopeCount > MAX_SCOPES) {
    const description = `A client cannot have ${scopeCount} scopes: at most ${MAX_SCOPES} are taken`;
    throw new GrantError('invalid_scope', description);
  }
  for (const redirectUri of redirectUris) checkRedirectUri(redirectUri);
  const unknown = stated.find((grantType) => !grantTypes.includes(grantType));
  if (unknown !== undefined) {
    const description = `The grant type "${unknown}" is not offered; offered: ${grantTypes.join(', ')}`;
    throw new GrantError('unsupported_grant_type', description);
  }
  if (stated.includes(AUTHORIZATION_CODE) && redirectUris.length === 0) {
    throw new GrantError(
      'invalid_redirect_uri',
      'The authorization_code grant needs at least one redirect URI',
    );
  }
  if (issuerUrl && !isStartUrl(context, issuerUrl)) {
    throw new GrantError('invalid_request', `The issuer URL "${issuerUrl}" is not one of this instance`);
  }
  if (entitledApplicationArn) {
    const description = `No application has the ARN "${entitledApplicationArn}": this instance has none, leave entitledApplicationArn out`;
    throw new GrantError('invalid_request', description);
  }
}
