import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiFactory } from '@latchkey/client';
import { type AccountInfo, SSO } from './services/sso.ts';
import { AuthorizationPendingException, SlowDownException, SSOOIDC } from './services/ssooidc.ts';

/** What a person needs to allow this program to sign in. */
export interface Question {
  /** URL of the page, where the person types the code. */
  readonly url: string;
  readonly userCode: string;
}

/**
 * Lists the accounts that a person may use, after they have signed in.
 *
 * @param factory - with the endpoint and the region of the server
 * @param startUrl - start URL of the instance
 * @param ask - tells the person where to sign in
 */
export async function listAccounts(
  factory: ApiFactory,
  startUrl: string,
  ask: (question: Question) => void | Promise<void>,
): Promise<AccountInfo[]> {
  const accessToken = await signIn(new SSOOIDC(factory), startUrl, ask);
  const accounts = new SSO(factory).paginateListAccounts({ accessToken });
  return Array.fromAsync(accounts.items());
}

/** @returns an access token (RFC 8628, the device authorization grant) */
async function signIn(
  oidc: SSOOIDC,
  startUrl: string,
  ask: (question: Question) => void | Promise<void>,
): Promise<string> {
  const registered = await oidc.registerClient({
    clientName: 'my program',
    clientType: 'public',
    scopes: ['sso:account:access'],
  });
  const client = { clientId: registered.clientId ?? '', clientSecret: registered.clientSecret ?? '' };
  const device = await oidc.startDeviceAuthorization({ ...client, startUrl });
  await ask({ url: device.verificationUri ?? '', userCode: device.userCode ?? '' });
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  let intervalSeconds = device.interval ?? 5;
  while (true) {
    try {
      const { accessToken } = await oidc.createToken({ ...client, grantType, deviceCode: device.deviceCode });
      return accessToken;
    } catch (error) {
      if (error instanceof SlowDownException) intervalSeconds += 5;
      else if (!(error instanceof AuthorizationPendingException)) throw error;
      await sleep(intervalSeconds * 1000);
    }
  }
}
