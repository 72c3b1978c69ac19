import type { RegisterClientRequest, RegisterClientResponse } from '../generated/sso-oidc.ts';
import { registerClient } from '../grants/client-registration.ts';
import type { Call } from '../http/api.ts';

/** @see com.amazonaws.ssooidc#RegisterClient */
export function handleRegisterClient(
  input: RegisterClientRequest,
  { context }: Call,
): RegisterClientResponse {
  const { clientId, clientSecret, issuedAtMs, expiresAtMs } = registerClient(context, input);
  const { baseUrl } = context.config;
  return {
    clientId,
    clientSecret,
    clientIdIssuedAt: issuedAtMs / 1000,
    clientSecretExpiresAt: expiresAtMs / 1000,
    authorizationEndpoint: `${baseUrl}/authorize`,
    tokenEndpoint: `${baseUrl}/token`,
  };
}
