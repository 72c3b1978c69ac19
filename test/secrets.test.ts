import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, type RequestOptions, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { signSigV4 } from '@latchkey/wire';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { openSocket } from '../packages/server/src/http/testing/socket.ts';
import { hashPassword } from '../packages/server/src/people/password.ts';
import { PlainBrowser } from '../packages/server/src/web/testing/plain-browser.ts';
import { serve, writeConfig } from './serving.ts';

const PASSWORD = 'correct-horse-battery-staple';
const MISTYPED = 'wrong-horse-battery-staple';
const CODE_VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const REDIRECT_URI = 'http://127.0.0.1:41000/oauth/callback';
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** Does everything that there is to do, well and badly. @returns every secret that was in it, by name */
async function doEverything(url: string): Promise<Readonly<Record<string, string>>> {
  const secrets: Record<string, string> = { PASSWORD, MISTYPED, CODE_VERIFIER };
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return Object(await response.json());
  };
  const portal = (path: string, token: string, method = 'GET') =>
    fetch(url + path, { method, headers: { 'x-amz-sso_bearer_token': token } });

  const clock = { now: () => 0 }; // no cookie ends before the test
  const browser = new PlainBrowser({ url, clock });
  const attempts: readonly (readonly [string, string])[] = [
    ['alice', MISTYPED],
    [PASSWORD, 'alice'],
    ['alice', PASSWORD],
  ];
  for (const [user_name, password] of attempts) {
    const { hidden } = await browser.get('/sign-in');
    Object.assign(secrets, hidden['form_token'] && { [`form token for ${user_name}`]: hidden['form_token'] });
    await browser.post('/sign-in', { ...hidden, user_name, password });
  }
  const session = /latchkey_session_[^=]+=([^;]+)/.exec(browser.cookie)?.[1];
  assert.ok(session, 'alice is signed in');
  const deviceCookie = /latchkey_device_[^=]+=([^;]+)/.exec(browser.cookie)?.[1];
  assert.ok(deviceCookie, 'the browser is known');

  const client = await post('/client/register', {
    clientName: 'a program',
    clientType: 'public',
    scopes: ['sso:account:access'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
  });
  const { clientId, clientSecret } = client;
  const device = await post('/device_authorization', { clientId, clientSecret, startUrl: `${url}/start` });
  const led = await new PlainBrowser({ url, clock }).get(`/device?user_code=${device.userCode}`);
  const [, deviceReference = ''] = /request%3D([\w-]+)/.exec(led.location ?? '') ?? [];
  const question = await browser.get(`/device?request=${deviceReference}`);
  const confirmation = device.userCode?.slice(-4) ?? '';
  await browser.post('/device', { ...question.hidden, decision: 'allow', confirmation });
  const grant = { clientId, clientSecret, grantType: DEVICE_CODE, deviceCode: device.deviceCode };
  const tokens = await post('/token', grant);
  assert.ok(tokens.accessToken, 'the device is signed in');
  await post('/token', { ...grant, deviceCode: `${device.deviceCode}x` });
  await post('/token', { ...grant, clientSecret: `${clientSecret}x` });

  const challenge = hash('sha256', CODE_VERIFIER, 'base64url');
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: REDIRECT_URI, state: 'state-1' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  });
  const consent = await browser.get(`/authorize?${query}`);
  const allowed = await browser.post('/consent', { ...consent.hidden, decision: 'allow' });
  const code = new URL(allowed.location ?? '', url).searchParams.get('code');
  assert.ok(code, 'the program is allowed');
  const proof = { clientId, clientSecret, grantType: 'authorization_code', code, redirectUri: REDIRECT_URI };
  await post('/token', { ...proof, codeVerifier: 'x'.repeat(43) });
  const more = await post('/token', { ...proof, codeVerifier: CODE_VERIFIER });

  const { refreshToken } = tokens;
  const next = await post('/token', { clientId, clientSecret, grantType: 'refresh_token', refreshToken });
  const path = '/federation/credentials?account_id=111122223333&role_name=Developer';
  const { roleCredentials } = Object(await (await portal(path, next.accessToken)).json());
  const unsigned = {
    ...{
      method: 'POST',
      path: '/',
      query: '',
      body: Buffer.from('Action=GetCallerIdentity&Version=2011-06-15'),
    },
    headers: { host: new URL(url).host, 'content-type': 'application/x-www-form-urlencoded' },
  };
  const nowMs = Date.now();
  const signing = { credentials: roleCredentials, service: 'sts', region: 'us-east-1', nowMs };
  const signed = await signSigV4(unsigned, signing);
  const { host: _, ...headers } = signed.headers;
  const identity = await fetch(url, {
    method: 'POST',
    headers: Object(headers),
    body: Buffer.from(signed.body),
  });
  assert.equal(identity.status, 200);
  await portal('/logout', next.accessToken, 'POST');
  await portal('/assignment/accounts', next.accessToken);

  return {
    ...secrets,
    session,
    deviceCookie,
    clientSecret,
    deviceCode: device.deviceCode,
    userCode: device.userCode,
    deviceReference,
    code,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    nextAccessToken: next.accessToken,
    nextRefreshToken: next.refreshToken,
    otherAccessToken: more.accessToken,
    secretAccessKey: roleCredentials.secretAccessKey,
    sessionToken: roleCredentials.sessionToken,
    signature: /Signature=(\w+)/.exec(signed.headers['authorization'] ?? '')?.[1] ?? '',
  };
}

const PATHS = [
  '/',
  '/token',
  '/device',
  '/start',
  '/federation/credentials',
  '/v0.4/services',
  '/v0.4/docs/sts',
  '/v0.1/services',
  '/x/aws_api@1.0',
  '/.completions',
  '/testing',
  '/no/such/page',
];
const HEADERS = [
  'accept',
  'authorization',
  'content-type',
  'cookie',
  'origin',
  'referer',
  'user-agent',
  'x-amz-sso_bearer_token',
  'x-amz-target',
  'x-forwarded-for',
  'forwarded',
];

/** Sends a secret in one part of a request after another: path, query, headers, body, method and target. */
async function putEverywhere(url: string, secret: string): Promise<void> {
  const hex = percentEncoded(secret);
  const { hostname, port } = new URL(url);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const ask = (options: RequestOptions, body = '') =>
    new Promise<void>((resolve, reject) => {
      const asking = request({ hostname, port, agent, ...options }, (answer) =>
        answer.resume().on('end', resolve),
      );
      asking.on('error', reject).end(body);
    });
  const forms = [encodeURIComponent(secret), hex, `Bearer%20${encodeURIComponent(secret)}`];
  const paths = PATHS.flatMap((path) =>
    forms.flatMap((form) => [
      `${path}/${form}`,
      `${path}/${form}.ts`,
      `${path}/x/${form}/token`,
      `${path};${form}`,
      `${path}?code=${form}`,
      `${path}?${form}`,
      `http://alice:${form}@localhost${path}/${form}`,
    ]),
  );
  const json = { 'content-type': 'application/json' };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  await Promise.all([
    ...paths.flatMap((path) => [ask({ path }), ask({ path, method: 'POST', headers: json }, '{}')]),
    ...HEADERS.flatMap((name) =>
      PATHS.map((path) =>
        ask({ path, headers: { [name]: name === 'authorization' ? `Bearer ${secret}` : secret } }),
      ),
    ),
    ...[
      '/token',
      '/client/register',
      '/device_authorization',
      '/',
      '/sign-in',
      '/device',
      '/consent',
    ].flatMap((path) => [
      ask(
        { path, method: 'POST', headers: json },
        JSON.stringify({ [secret]: secret, grantType: secret, clientName: [secret] }),
      ),
      ask(
        { path, method: 'POST', headers: form },
        `Action=${encodeURIComponent(secret)}&${encodeURIComponent(secret)}=x`,
      ),
      ask({ path, method: 'POST', headers: json }, `{"${secret}`),
    ]),
  ]);
  agent.destroy();
  const connection = openSocket({ url });
  connection.socket.write(`${secret} /${secret} HTTP/1.1\r\nHost: ${secret}\r\n\r\n`);
  await connection.closed();
}

/** Every byte as `%` and two digits. */
function percentEncoded(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A secret as it could be written down, and the part of it that cannot be told from something public. */
function formsOf(secret: string): readonly Buffer[] {
  const essence = Buffer.from(secret.slice(-16));
  const decoded = Buffer.from(secret.replace(/^lk_\w\w_/, ''), 'base64url').subarray(-16);
  const compact = Buffer.from(secret.replaceAll('-', ''));
  return [
    Buffer.from(secret),
    encodeURIComponent(secret),
    percentEncoded(secret),
    essence,
    decoded,
    compact,
  ].map((form) => Buffer.from(form));
}

function assertHoldsNone(secrets: Readonly<Record<string, string>>, place: string, bytes: Buffer): void {
  for (const [name, secret] of Object.entries(secrets)) {
    for (const form of formsOf(secret)) {
      assert.equal(bytes.includes(form), false, `${name} is in ${place}`);
    }
  }
}

test('no password, code, token, secret or signature is in the log or the database, wherever in a request it was', async (t) => {
  using folder = temporaryFolder();
  writeConfig(folder.path, { userName: 'alice', passwordHash: await hashPassword(PASSWORD) });
  const env = { LATCHKEY_LOG_LEVEL: 'debug', LATCHKEY_LOG_FORMAT: 'json' };
  const server = await serve(t, folder.path, { env });
  const secrets = await doEverything(server.url);
  const dataDir = join(folder.path, 'data');
  const assertNoneInFiles = () => {
    const files = readdirSync(dataDir).filter((name) => name.startsWith('latchkey.db'));
    assert.ok(files.includes('latchkey.db'));
    for (const file of files) assertHoldsNone(secrets, file, readFileSync(join(dataDir, file)));
  };
  for (const secret of Object.values(secrets)) await putEverywhere(server.url, secret);
  assertNoneInFiles();
  const log = await server.stop('SIGTERM');
  assertNoneInFiles();
  for (const event of [
    'signInRefused',
    'signInSucceeded',
    'deviceRequestAllowed',
    'sessionStarted',
    'sessionLoggedOut',
  ]) {
    assert.ok(log.includes(`"audit":"${event}"`), `${event} is in the log`);
  }
  assertHoldsNone(secrets, 'the log', log);
});
