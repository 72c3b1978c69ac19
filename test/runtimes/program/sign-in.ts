import { ApiFactory } from 'http://localhost:8484/v0.4/client/mod.ts';
import { SSO } from 'http://localhost:8484/v0.4/services/sso.ts?docs=full';
import {
  AuthorizationPendingException,
  type CreateTokenRequest,
  type CreateTokenResponse,
  SSOOIDC,
} from 'http://localhost:8484/v0.4/services/ssooidc.ts?docs=full';
import { STS } from 'http://localhost:8484/v0.4/services/sts.ts?docs=full';

/** The instance to sign in at. */
export interface Instance {
  /** E.g. `http://localhost:8484`. */
  readonly endpoint: string;
  readonly region: string;
  readonly startUrl: string;
}

/**
 * Signs a person in, and takes their roles. Tells how it goes: the code for the person to confirm, `pending` when they
 * have not yet, and at last for each role whom STS takes its credentials for.
 */
export async function* signIn({ endpoint, region, startUrl }: Instance): AsyncGenerator<string> {
  await using factory = new ApiFactory({ region, fixedEndpoint: endpoint });
  const oidc = factory.makeNew(SSOOIDC);
  const registration = { clientName: 'sign-in', clientType: 'public', scopes: ['sso:account:access'] };
  const { clientId, clientSecret } = await oidc.registerClient(registration);
  const device = await oidc.startDeviceAuthorization({ clientId, clientSecret, startUrl });
  yield device.userCode;

  const request: CreateTokenRequest = {
    clientId,
    clientSecret,
    deviceCode: device.deviceCode,
    grantType: 'urn:ietf:params:oauth:grant-type:device_code',
  };
  let token = await poll(oidc, request);
  while (token === undefined) {
    yield 'pending';
    // wall-clock: a program that people run, which polls as often as the server asks it to
    await new Promise((resolve) => setTimeout(resolve, device.interval * 1000));
    token = await poll(oidc, request);
  }

  const { accessToken } = token;
  const sso = factory.makeNew(SSO);
  for await (const { accountId } of sso.paginateListAccounts({ accessToken }).items()) {
    const { roleList } = await sso.listAccountRoles({ accessToken, accountId });
    for (const { roleName } of roleList) {
      const { roleCredentials } = await sso.getRoleCredentials({ accessToken, accountId, roleName });
      const credentials = { ...roleCredentials, expiration: new Date(Number(roleCredentials.expiration)) };
      await using signed = new ApiFactory({ region, fixedEndpoint: endpoint, credentials });
      const { Arn } = await signed.makeNew(STS).getCallerIdentity();
      yield Arn;
    }
  }
}

/** @returns undefined as long as the person has not answered */
async function poll(oidc: SSOOIDC, request: CreateTokenRequest): Promise<CreateTokenResponse | undefined> {
  try {
    return await oidc.createToken(request);
  } catch (error) {
    if (error instanceof AuthorizationPendingException) return undefined;
    throw error;
  }
}
