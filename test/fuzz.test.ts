import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../packages/server/src/fixtures/start-latchkey.ts';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';
import { healthRoutes } from '../packages/server/src/http/health.ts';
import { DEVICE_CODE, register, signIn, startDevice } from '../packages/server/src/http/testing/api.ts';
import { openSocket } from '../packages/server/src/http/testing/socket.ts';
import { ssoApi } from '../packages/server/src/sso/api.ts';
import { ssoOidcApi } from '../packages/server/src/sso-oidc/api.ts';
import { stsApi } from '../packages/server/src/sts/api.ts';
import { serveTypedClients } from '../packages/server/src/typed-clients/routes.ts';
import { webRoutes } from '../packages/server/src/web/routes.ts';
import { addApp, typePassword } from '../packages/server/src/web/testing/factors.ts';
import { readPasskeyForm } from '../packages/server/src/web/testing/passkey-form.ts';
import { type PageView, PlainBrowser } from '../packages/server/src/web/testing/plain-browser.ts';
import { signedInAs } from '../packages/server/src/web/testing/signed-in.ts';
import { SoftAuthenticator } from '../packages/server/src/web/testing/soft-authenticator.ts';
import { endpoints, type Genuine, genuineOf, requests } from './fuzz/requests.ts';

/**
 * Requests that a fuzzing program would make, against every endpoint. A few seconds' worth by default, always the same;
 * `LATCHKEY_FUZZ_RUNS=100000` makes more, and `LATCHKEY_FUZZ_SEED` others.
 */
const runs = Number(process.env['LATCHKEY_FUZZ_RUNS'] ?? 1500);
const seed = Number(process.env['LATCHKEY_FUZZ_SEED'] ?? 20_260_101);

/** An answer takes milliseconds, and some seconds on a busy machine. One that has not come by now never will. */
const HANGS_AFTER_MS = 5 * 60_000;
const MOST_PENDING = 50;
const MOST_FAILURES = 20;

const folder = temporaryFolder();
/** People whose forms are sent with the right tokens: what these change is their own. */
const FORMS = {
  '/me': [],
  '/me/security': ['verifiedPasskey'],
  '/me/security/password': [],
  '/me/security/totp': [],
  '/me/security/passkey': [],
  '/me/security/recovery-codes': ['verifiedPasskey'],
} as const;
const PASSWORD = 'correct horse battery';
const latchkey = await startLatchkey({
  dataDir: folder.path,
  users: [
    { userName: 'alice' },
    ...Object.keys(FORMS).map((path) => ({ userName: userOf(path) })),
    { userName: 'two-factors', password: PASSWORD },
  ],
  settings: {
    limits: {
      pendingDeviceAuthorizations: MOST_PENDING,
      passwordFailuresPerAddress: MOST_FAILURES,
      userCodeFailuresPerAddress: MOST_FAILURES,
    },
  },
});
after(async () => {
  await latchkey.close();
  folder[Symbol.dispose]();
});
const request = requests(await genuineValues());
/** Those of the genuine requests, and one in its place for each new password. */
const signInSessions = countRows('sign_in_session') + 1;

function countRows(table: string): number {
  using database = new DatabaseSync(join(folder.path, 'latchkey.db'), { readOnly: true });
  return Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
}

function userOf(path: string): string {
  return `user${path.replaceAll('/', '-')}`;
}

/** What a page has filled into its form, and the cookie of the browser. */
function valuesOf(path: string, browser: PlainBrowser, { hidden }: PageView): Genuine {
  const named = Object.entries({ ...hidden, cookie: browser.cookie });
  return Object.fromEntries(named.map(([name, value]) => [genuineOf(path, name), value]));
}

/** The forms of people, with the tokens that their pages gave them. */
async function formValues(): Promise<Genuine> {
  const values: Record<string, string | readonly string[]> = {};
  for (const [path, factors] of Object.entries(FORMS)) {
    const browser = await signedInAs(latchkey, userOf(path));
    if (factors.length > 0) {
      await addApp(latchkey, browser);
      browser.setCookie((await latchkey.signIn(userOf(path), { factors: [...factors] })).cookie);
    }
    const page = await browser.get(path);
    assert.ok(page.hidden['form_token'], path);
    Object.assign(values, valuesOf(path, browser, page));
    values['end'] ??= /name="end" value="((?:browser|program)-\d+)"/.exec(page.text)?.[1] ?? '';
    values['remove'] ??= /name="remove" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    if (path === '/me/security/totp') values['enrolment'] = page.hidden['enrolment'] ?? '';
    if (path !== '/me/security/passkey') continue;
    const { challenge } = readPasskeyForm(page).options;
    values['passkey'] = new SoftAuthenticator().register({
      challenge,
      origin: latchkey.url,
      rpId: 'localhost',
    });
  }
  await addApp(latchkey, await signedInAs(latchkey, 'two-factors'));
  const pending = new PlainBrowser(latchkey);
  await typePassword(pending, { userName: 'two-factors', password: PASSWORD });
  return {
    ...values,
    ...valuesOf('/sign-in/factor', pending, await pending.get('/sign-in/factor?to=%2F')),
    ...{
      code: '123456',
      recovery_code: '3k8vw-0c2mn-3k8vw-0c2mn-3k8vw1',
      name: 'Key',
      id: '129171456001240',
    },
    ...{ current_password: 'a guess', new_password: 'a guess', repeated_password: 'a guess' },
    ...{ token: `lk_ol_${'a'.repeat(43)}`, role: 'Developer', client: 'build-farm' },
    ...{ docs: 'none', actions: 'Send*' },
  };
}

async function genuineValues(): Promise<Genuine> {
  const client = await register(latchkey, { redirectUris: ['http://127.0.0.1/'] });
  const { accessToken, refreshToken } = await signIn(latchkey, { client });
  const { deviceCode, userCode } = await startDevice(latchkey, client);
  const { cookie } = await latchkey.signIn('alice');
  const led = await fetch(`${latchkey.url}/device?user_code=${userCode}`, { redirect: 'manual' });
  const [, deviceReference = ''] = /request%3D([\w-]+)/.exec(led.headers.get('location') ?? '') ?? [];
  const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const credential = 'ASIAAAAAAAAAAAAAAAAA/20260101/us-east-1/sts/aws4_request';
  const signature = '0'.repeat(64);
  const oidc: Genuine = {
    ...client,
    refreshToken,
    deviceCode,
    code: 'lk_ac_x',
    codeVerifier,
    deviceCodeGrant: DEVICE_CODE,
    refreshTokenGrant: 'refresh_token',
    codeGrant: 'authorization_code',
    clientName: 'a client',
    clientType: 'public',
    grantTypes: ['refresh_token', DEVICE_CODE],
    scopes: ['sso:account:access'],
    scope: ['sso:account:access'],
    redirectUris: ['http://127.0.0.1/'],
    redirectUri: 'http://127.0.0.1:41000/',
    startUrl: latchkey.startUrl,
    issuerUrl: latchkey.startUrl,
  };
  const portal: Genuine = {
    account_id: '111122223333',
    role_name: 'Developer',
    max_result: '10',
    next_token: 'MTExMTIyMjIzMzMz',
    'x-amz-sso_bearer_token': accessToken,
  };
  const sts: Genuine = {
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': credential,
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': signature,
    'X-Amz-Date': '20260101T000000Z',
    'X-Amz-Expires': '60',
    'x-amz-date': '20260101T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
  const pages: Genuine = {
    client_id: client.clientId,
    redirect_uri: 'http://127.0.0.1:41000/',
    response_type: 'code',
    code_challenge: hash('sha256', codeVerifier, 'base64url'),
    code_challenge_method: 'S256',
    state: 'state-1',
    user_code: userCode,
    deviceReference,
    confirmation: userCode.slice(-4),
    user_name: 'alice',
    password: 'a guess',
    decision: 'allow',
    to: '/device',
    authorization: '1',
    person: '00112233',
    action: 'go-on',
    cookie,
  };
  return { ...oidc, ...portal, ...sts, ...(await formValues()), ...pages };
}

/** @returns what the server answered before it hung up; throws where it does neither */
async function exchange(bytes: Uint8Array): Promise<string> {
  const connection = openSocket(latchkey);
  connection.socket.end(bytes);
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    // wall-clock: names the request that hangs the server; an answer has some minutes
    timer = setTimeout(() => reject(new Error('The server neither answered nor hung up')), HANGS_AFTER_MS);
  });
  try {
    return await Promise.race([connection.closed(), hung]);
  } finally {
    clearTimeout(timer);
    connection.socket.destroy();
  }
}

function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
}

const ready = Buffer.from('GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');

test('every route of the server, and every operation, is among the endpoints that are tried', () => {
  const operations = [ssoOidcApi, ssoApi, stsApi].flatMap(({ service }) => Object.values(service.operations));
  const wanted = [
    ...webRoutes.map(({ method, path }) => `${method} ${path}`),
    ...healthRoutes({} as never, {} as never).map(({ method, path }) => `${method} ${path}`),
    ...serveTypedClients({} as never, {} as never).routes.map(({ method, path }) => `${method} ${path}`),
    ...operations.map(({ http }) => `${http?.method ?? 'POST'} ${http?.uri ?? '/'}`),
  ];
  const tried = endpoints.map(({ method, path }) => `${method} ${path}`);
  // A HEAD request is tried at every path, and what a tree of paths has is one route.
  const isTried = (route: string) =>
    route.startsWith('HEAD ') || tried.some((each) => each === route || matchesTree(route, each));
  assert.deepEqual(
    wanted.filter((route) => !isTried(route)),
    [],
    'a new route needs an endpoint in test/fuzz/requests.ts',
  );
});

function matchesTree(route: string, tried: string): boolean {
  return route.endsWith('/*') && tried.startsWith(route.slice(0, -1));
}

test('every request to every endpoint is answered, and never with a 5xx', async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async (bytes) => {
      const answer = await exchange(bytes);
      const status = statusOf(answer);
      assert.ok(status >= 200 && status < 500, `to ${bytes}\nanswered: ${answer.slice(0, 500)}`);
      seen.add(status);
    }),
    { seed, numRuns: runs, endOnFailure: true },
  );
  for (const status of [200, 303, 400, 401, 403, 404, 405])
    assert.ok(seen.has(status), `no ${status} was seen`);
});

test('bytes that are no request, or only a part of one, are hung up on', async () => {
  const garbage = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const cutOff = fc
    .tuple(request, fc.nat())
    .map(([bytes, length]) => bytes.subarray(0, length % bytes.length));
  const damaged = fc.tuple(request, fc.nat(), fc.nat(255)).map(([bytes, at, replacement]) => {
    const changed = Buffer.from(bytes);
    changed[at % changed.length] = replacement;
    return changed;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(garbage, cutOff, damaged), async (bytes) => {
      const answer = await exchange(bytes);
      assert.ok(answer === '' || statusOf(answer) < 500, `to ${bytes}\nanswered: ${answer.slice(0, 500)}`);
    }),
    { seed, numRuns: Math.ceil(runs / 3), endOnFailure: true },
  );
  assert.equal(statusOf(await exchange(ready)), 200);
});

test('requests at once, on many connections, are all answered', async () => {
  const made = fc.sample(request, { seed: seed + 1, numRuns: 500 });
  const answers = await Promise.all(made.map(exchange));
  for (const answer of answers) assert.ok(statusOf(answer) < 500, answer.slice(0, 500));
});

test('after all of it there is no more on the disk than the limits allow', async () => {
  assert.equal(statusOf(await exchange(ready)), 200);
  assert.ok(countRows('device_request') <= MOST_PENDING);
  assert.ok(
    countRows('attempt_window') <= 2 * (MOST_FAILURES + 1),
    `${countRows('attempt_window')} attempt windows`,
  );
  assert.ok(countRows('sign_in_session') <= signInSessions, 'nobody signed in by chance');
  const answered = countRows('authorization') - countRows('device_request');
  assert.ok(answered <= 1, `${answered} authorizations were answered`);
});
