import { type ServerError, WireError } from '@latchkey/wire';
import { SsoOidcError } from '../generated/sso-oidc.ts';
import { GrantError, type GrantErrorCode } from '../grants/grant-error.ts';

/** AWS's exception for each error code. Its HTTP status stands in the model. */
const exceptionByCode = {
  access_denied: 'AccessDeniedException',
  authorization_pending: 'AuthorizationPendingException',
  expired_token: 'ExpiredTokenException',
  invalid_client: 'InvalidClientException',
  invalid_client_metadata: 'InvalidClientMetadataException',
  invalid_grant: 'InvalidGrantException',
  invalid_redirect_uri: 'InvalidRedirectUriException',
  invalid_request: 'InvalidRequestException',
  invalid_scope: 'InvalidScopeException',
  slow_down: 'SlowDownException',
  unauthorized_client: 'UnauthorizedClientException',
  unsupported_grant_type: 'UnsupportedGrantTypeException',
  unsupported_response_type: 'InvalidRequestException',
} as const satisfies Record<GrantErrorCode, string>;

/** Request members with an error code of their own for invalid values. */
const codeByMember: readonly (readonly [member: RegExp, code: GrantErrorCode])[] = [
  [/^\/scopes?(\/|$)/, 'invalid_scope'],
  [/^\/redirectUris(\/|$)/, 'invalid_redirect_uri'],
  [/^\/clientType(\/|$)/, 'invalid_client_metadata'],
];

/** Writes a refusal of the rules, or of the protocol, as the modelled error. */
export function translate(refusal: unknown): ServerError | undefined {
  if (refusal instanceof GrantError) return modeled(refusal.code, refusal.message);
  if (!(refusal instanceof WireError)) return undefined;
  const [, code] = codeByMember.find(([member]) => member.test(refusal.path)) ?? [];
  return modeled(code ?? 'invalid_request', refusal.message);
}

/**
 * Real answers have `error` and `error_description`; `message` is for the clients that take their headline from it and
 * would otherwise show none.
 */
function modeled(code: GrantErrorCode, description: string): ServerError {
  const members = { error: code, error_description: description, message: description };
  return { name: exceptionByCode[code], message: description, members };
}

export function internalError(message: string): ServerError {
  const members = { error: 'server_error', error_description: message, message };
  return new SsoOidcError('InternalServerException', members);
}
