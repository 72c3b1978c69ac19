import type {
  StartDeviceAuthorizationRequest,
  StartDeviceAuthorizationResponse,
} from '../generated/sso-oidc.ts';
import { authenticateClient, learnKeysOfClient } from '../grants/client-registration.ts';
import { startDeviceAuthorization } from '../grants/device-code.ts';
import type { Call } from '../http/api.ts';

/** @see com.amazonaws.ssooidc#StartDeviceAuthorization */
export async function handleStartDeviceAuthorization(
  input: StartDeviceAuthorizationRequest,
  { context, request: { origin } }: Call,
): Promise<StartDeviceAuthorizationResponse> {
  const learning = learnKeysOfClient(context, input);
  if (learning !== undefined) await learning;
  const client = authenticateClient(context, input, origin.address);
  const { startUrl } = input;
  const started = await startDeviceAuthorization(context, client, { startUrl, origin });
  const verificationUri = `${context.config.baseUrl}/device`;
  return {
    deviceCode: started.deviceCode,
    userCode: started.userCode,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${started.userCode}`,
    expiresIn: started.expiresInSeconds,
    interval: started.intervalSeconds,
  };
}
