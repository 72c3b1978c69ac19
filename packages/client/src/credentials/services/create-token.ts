import { parseObject } from '../parse-keys.ts';
import { parseJsonError } from './json-error.ts';
import { type Caller, callService } from './service-call.ts';

/** Tokens of an SSO session. */
export interface Token {
  readonly accessToken: string;
  readonly expiresIn: number;
  /** New refresh token. Absent when the one just used stays valid. */
  readonly refreshToken?: string | undefined;
}

/** Exchanges a refresh token for a new access token (`sso-oidc:CreateToken`). */
export function createToken(
  client: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string },
  caller: Caller,
): Promise<Token> {
  return callService(
    {
      purpose: 'refresh the sign-in',
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
      parse,
      parseError: parseJsonError,
    },
    caller,
  );
}

function parse(text: string): Token | undefined {
  const { accessToken, expiresIn, refreshToken } = parseObject(text);
  if (typeof accessToken !== 'string' || typeof expiresIn !== 'number') return undefined;
  return {
    accessToken,
    expiresIn,
    refreshToken: typeof refreshToken === 'string' ? refreshToken : undefined,
  };
}
