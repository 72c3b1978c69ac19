import assert from 'node:assert/strict';
import type { Latchkey } from '../../testing-kit/mod.ts';

/** A running instance, in this process or in another. */
export type Instance = Pick<Latchkey, 'url' | 'startUrl'>;

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** An answer with its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The members of a JSON body; empty for any other body. */
  readonly members: Readonly<Record<string, unknown>>;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export async function send(latchkey: Instance, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(latchkey.url + path, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, members: membersOf(text) };
}

/** Calls an operation that takes JSON. */
export function post(
  latchkey: Instance,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send(latchkey, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Calls an operation of the access portal. */
export function portal(
  latchkey: Instance,
  path: string,
  accessToken: string,
  method = 'GET',
): Promise<Answer> {
  return send(latchkey, path, { method, headers: { 'x-amz-sso_bearer_token': accessToken } });
}

export async function register(
  latchkey: Instance,
  change: Readonly<Record<string, unknown>> = {},
): Promise<Credentials> {
  const metadata = {
    clientName: 'botocore-client-dev',
    clientType: 'public',
    scopes: ['sso:account:access'],
  };
  const { status, members } = await post(latchkey, '/client/register', { ...metadata, ...change });
  assert.equal(status, 200);
  return { clientId: String(members['clientId']), clientSecret: String(members['clientSecret']) };
}

export async function startDevice(
  latchkey: Instance,
  client: Credentials,
): Promise<{ readonly deviceCode: string; readonly userCode: string }> {
  const { clientId, clientSecret } = client;
  const request = { clientId, clientSecret, startUrl: latchkey.startUrl };
  const { status, members } = await post(latchkey, '/device_authorization', request);
  assert.equal(status, 200);
  return { deviceCode: String(members['deviceCode']), userCode: String(members['userCode']) };
}

export function poll(latchkey: Instance, client: Credentials, deviceCode: string): Promise<Answer> {
  const { clientId, clientSecret } = client;
  return post(latchkey, '/token', { clientId, clientSecret, grantType: DEVICE_CODE, deviceCode });
}

export function refresh(latchkey: Instance, client: Credentials, refreshToken: string): Promise<Answer> {
  const { clientId, clientSecret } = client;
  return post(latchkey, '/token', { clientId, clientSecret, grantType: 'refresh_token', refreshToken });
}

/** Signs a user in with the device code grant. */
export async function signIn(
  latchkey: Latchkey,
  { userName = 'alice', client }: { readonly userName?: string; readonly client?: Credentials } = {},
): Promise<{ readonly client: Credentials; readonly accessToken: string; readonly refreshToken: string }> {
  const registered = client ?? (await register(latchkey));
  const { deviceCode, userCode } = await startDevice(latchkey, registered);
  await latchkey.approve(userCode, userName);
  const { status, members } = await poll(latchkey, registered, deviceCode);
  assert.equal(status, 200);
  const { accessToken, refreshToken } = members;
  return { client: registered, accessToken: String(accessToken), refreshToken: String(refreshToken) };
}

/** Asserts that an answer is this error, in every place where clients look for it. */
export function assertError(
  answer: Answer,
  expected: {
    readonly status: number;
    readonly type: string;
    readonly error?: string;
    readonly message?: RegExp;
  },
): void {
  assert.equal(answer.headers.get('x-amzn-errortype'), expected.type, answer.text);
  assert.equal(answer.status, expected.status);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
  assert.match(answer.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
  assert.match(String(answer.members['message']), expected.message ?? /./);
  assert.equal(answer.members['error'], expected.error);
  if (expected.error !== undefined) {
    assert.equal(answer.members['error_description'], answer.members['message']);
  }
}

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(Object.entries(JSON.parse(text)));
  } catch {
    return {};
  }
}
