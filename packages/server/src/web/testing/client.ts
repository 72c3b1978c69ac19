import { createHash, randomBytes } from 'node:crypto';
import type { Latchkey } from '../../testing-kit/mod.ts';

/** A client that has registered, and its secret. */
export interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
}

export const REDIRECT_URI = 'http://127.0.0.1:53214/oauth/callback';

export function registerClient(
  latchkey: Pick<Latchkey, 'url'>,
  {
    clientName = 'botocore-client-test',
    redirectUri = 'http://127.0.0.1/oauth/callback',
    scopes = ['sso:account:access'],
  } = {},
): Promise<Client> {
  return call<Client>(latchkey, '/client/register', {
    clientName,
    clientType: 'public',
    scopes,
    grantTypes: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    redirectUris: [redirectUri],
  });
}

export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUriComplete: string;
}

export async function startDeviceAuthorization(
  latchkey: Latchkey,
  client: Client,
  headers: Readonly<Record<string, string>> = {},
): Promise<DeviceAuthorization> {
  const body = { ...client, startUrl: latchkey.startUrl };
  return call<DeviceAuthorization>(latchkey, '/device_authorization', body, {
    'user-agent': 'aws-cli/2.36.12 ua/2.1 os/linux#6.1',
    ...headers,
  });
}

/** @returns the error's name, or `granted` */
export async function pollForToken(latchkey: Latchkey, client: Client, deviceCode: string): Promise<string> {
  const { clientId, clientSecret } = client;
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const response = await post(latchkey, '/token', { clientId, clientSecret, grantType, deviceCode });
  return response.ok ? 'granted' : ((await response.json()) as { error: string }).error;
}

/** @returns the path and query of `/authorize` */
export function authorizePath(client: Client, changes: Readonly<Record<string, string>> = {}): string {
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: REDIRECT_URI,
    state: 'state-1',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    ...changes,
  });
  return `/authorize?${query}`;
}

async function call<Answer>(
  latchkey: Pick<Latchkey, 'url'>,
  path: string,
  body: object,
  headers?: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await post(latchkey, path, body, headers);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

function post(
  latchkey: Pick<Latchkey, 'url'>,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(latchkey.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
