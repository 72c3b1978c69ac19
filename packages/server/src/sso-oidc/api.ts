import { type SsoOidcHandlers, ssoOidcService } from '../generated/sso-oidc.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import { handleCreateToken } from './create-token.ts';
import { handleCreateTokenWithIam } from './create-token-with-iam.ts';
import { internalError, translate } from './errors.ts';
import { handleRegisterClient } from './register-client.ts';
import { handleStartDeviceAuthorization } from './start-device-authorization.ts';

const handlers = {
  RegisterClient: handleRegisterClient,
  StartDeviceAuthorization: handleStartDeviceAuthorization,
  CreateToken: handleCreateToken,
  CreateTokenWithIAM: handleCreateTokenWithIam,
} satisfies SsoOidcHandlers<Call>;

/** Content types that the clients of aws-elixir and aws-erlang send to every JSON API of AWS. */
const jsonTypes = ['application/x-amz-json-1.0', 'application/x-amz-json-1.1'];

/** The SSO OIDC API: how a client registers and gets tokens. The rules are in `grants/`. */
export const ssoOidcApi: ApiDefinition = {
  service: ssoOidcService,
  title: 'SSO OIDC',
  sdkId: 'SSO OIDC',
  handlers,
  translate,
  internalError,
  jsonTypes,
};
