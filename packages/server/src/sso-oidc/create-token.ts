import type { CreateTokenRequest, CreateTokenResponse } from '../generated/sso-oidc.ts';
import { redeemAuthorizationCode } from '../grants/authorization-code.ts';
import type { Client } from '../grants/client.ts';
import { authenticateClient, learnKeysOfClient } from '../grants/client-registration.ts';
import { redeemDeviceCode } from '../grants/device-code.ts';
import { GrantError } from '../grants/grant-error.ts';
import { AUTHORIZATION_CODE, DEVICE_CODE, grantTypes, REFRESH_TOKEN } from '../grants/grant-types.ts';
import { redeemRefreshToken } from '../grants/refresh-token.ts';
import type { IssuedTokens } from '../grants/tokens.ts';
import type { Call } from '../http/api.ts';

/** @see com.amazonaws.ssooidc#CreateToken */
export async function handleCreateToken(input: CreateTokenRequest, call: Call): Promise<CreateTokenResponse> {
  const learning = learnKeysOfClient(call.context, input);
  if (learning !== undefined) await learning;
  const client = authenticateClient(call.context, input, call.request.origin.address);
  const { accessToken, expiresInSeconds, refreshToken } = await redeem(input, client, call);
  const tokens = { accessToken, tokenType: 'Bearer', expiresIn: expiresInSeconds };
  return refreshToken === undefined ? tokens : { ...tokens, refreshToken };
}

function redeem(
  input: CreateTokenRequest,
  client: Client,
  { context, request: { origin } }: Call,
): Promise<IssuedTokens> {
  const { grantType, scope } = input;
  switch (grantType) {
    case DEVICE_CODE:
      return redeemDeviceCode(context, client, { deviceCode: needed(input, 'deviceCode'), scope, origin });
    case AUTHORIZATION_CODE: {
      const code = needed(input, 'code');
      const redirectUri = needed(input, 'redirectUri');
      const codeVerifier = needed(input, 'codeVerifier');
      return redeemAuthorizationCode(context, client, { code, redirectUri, codeVerifier, scope, origin });
    }
    case REFRESH_TOKEN:
      return redeemRefreshToken(context, client, {
        refreshToken: needed(input, 'refreshToken'),
        scope,
        origin,
      });
    default: {
      const description = `The grant type "${grantType}" is not offered; offered: ${grantTypes.join(', ')}`;
      throw new GrantError('unsupported_grant_type', description);
    }
  }
}

/** Requires a member that the model leaves optional because only some grants use it. An empty one counts as missing. */
function needed(
  input: CreateTokenRequest,
  member: 'deviceCode' | 'code' | 'redirectUri' | 'codeVerifier' | 'refreshToken',
): string {
  const value = input[member];
  if (!value) {
    throw new GrantError(
      'invalid_request',
      `The member "${member}" is missing: grant type ${input.grantType} needs it`,
    );
  }
  return value;
}
