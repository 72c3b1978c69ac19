import { parseJsonError } from './json-error.ts';
import { type Caller, callService } from './service-call.ts';

/** An access token of a sign-in session. */
export interface Token {
  readonly accessToken: string;
  readonly expiresIn: number;
  /** Absent when the one used stays valid. */
  readonly refreshToken?: string;
}

/** Exchanges a refresh token for a new access token (`sso-oidc:CreateToken`). */
export function createToken(
  client: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string },
  caller: Caller,
): Promise<Token & Record<string, unknown>> {
  return callService(
    {
      serviceId: 'SSO OIDC',
      signingName: 'sso-oauth',
      hostPrefix: 'oidc',
      operation: 'CreateToken',
      request: {
        method: 'POST',
        path: '/token',
        query: '',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...client, grantType: 'refresh_token' }),
      },
      parse: (text) => JSON.parse(text),
      parseError: parseJsonError,
    },
    caller,
  );
}
