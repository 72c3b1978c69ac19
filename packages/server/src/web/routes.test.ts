import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { webRoutes } from './routes.ts';
import { authorizePath, pollForToken, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { personForm, setAside } from './testing/people-aside.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const text = fc.oneof(
  fc.constantFrom(
    'user_code',
    'decision',
    'allow',
    'form_token',
    'to',
    '/device',
    'BCDF-GHJK',
    'request',
    'client_id',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const fields = fc
  .array(fc.tuple(text, text), { maxLength: 5 })
  .map((pairs) =>
    pairs.map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('=')).join('&'),
  );
const garbage = fc
  .string({ unit: fc.constantFrom(...'%&=+;#?/\\"<>aZ0%%'), maxLength: 60 })
  .map((query) => query.replaceAll('#', ''));

test('no query or form makes a page fail', async () => {
  await using latchkey = await startLatchkey();
  const { cookie } = await signedInAs(latchkey, 'alice');
  const request = fc.record({
    route: fc.constantFrom(...webRoutes),
    query: fc.oneof(fields, garbage),
    body: fc.oneof(fields, garbage, fc.uint8Array({ maxLength: 60 })),
    headers: fc.constantFrom(
      {},
      { cookie },
      { cookie: 'latchkey_session=lk_; latchkey_form=%E0; latchkey_session_ssoins-7e57000000000001=%E0' },
    ),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route: { method, path }, query, body, headers }) => {
      const contentType = { 'content-type': 'application/x-www-form-urlencoded' };
      const response = await fetch(`${latchkey.url}${path}?${query}`, {
        method,
        redirect: 'manual',
        headers: { accept: 'text/html', ...contentType, ...headers },
        ...(method === 'POST' && { body: typeof body === 'string' ? body : Buffer.from(body) }),
      });
      await response.arrayBuffer();
      assert.ok(response.status < 500, `${method} ${path}?${query}: ${response.status}`);
    }),
    { numRuns: 500 },
  );
});

test('no page and no redirect has the host that a request claims, but only the configured one', async () => {
  await using latchkey = await startLatchkey();
  const { cookie } = await signedInAs(latchkey, 'alice');
  const client = await registerClient(latchkey);
  const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const { port } = new URL(latchkey.url);
  const ask = (method: string, path: string, headers: Readonly<Record<string, string>>) =>
    new Promise<string>((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, method, path, headers: { ...headers, ...forged } });
      sent.on('error', reject).on('response', async (response) => {
        resolve(JSON.stringify([response.rawHeaders, await readText(response)]));
      });
      sent.end(method === 'POST' ? 'theme=dark' : '');
    });
  const asked = webRoutes.map(({ method, path }) => ({ method, path }));
  for (const { method, path } of [...asked, { method: 'GET', path: authorizePath(client) }]) {
    for (const headers of [{}, { cookie }]) {
      const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
      const answer = await ask(method, path, { accept: 'text/html', ...form, ...headers });
      assert.doesNotMatch(answer, /evil/, `${method} ${path}`);
    }
  }
});

test('no form that another site sends changes anything, sets a cookie or clears one', async () => {
  await using latchkey = await startLatchkey({
    users: [{ userName: 'alice', password: 'correct horse' }, { userName: 'bob' }],
  });
  const client = await registerClient(latchkey);
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  const allowed = await startDeviceAuthorization(latchkey, client);
  await latchkey.approve(allowed.userCode, 'alice');
  const browser = await signedInAs(latchkey, 'alice');
  await setAside(latchkey, browser, 'bob');
  const signIn = await browser.get('/sign-in');
  const genuine: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    '/sign-in': { ...signIn.hidden, user_name: 'alice', password: 'correct horse' },
    '/not-me': { token: '' },
    '/link': (await browser.get('/link?token=none')).hidden,
    '/sign-out': (await browser.get('/sign-out')).hidden,
    '/people': { ...personForm(signIn, 'bob'), action: 'go-on' },
    '/take-back': (await browser.get(`/device?user_code=${allowed.userCode}`)).hidden,
    '/device': {
      ...(await openDevice(browser, userCode)).hidden,
      decision: 'allow',
      confirmation: userCode.slice(-4),
    },
    '/me': { ...(await browser.get('/me')).hidden, end: 'all' },
    '/consent': { ...(await browser.get(authorizePath(client))).hidden, decision: 'allow' },
    '/sign-in/factor': { to: '/', code: '000000' },
    '/me/security': { remove: '00000000-0000-4000-8000-000000000000' },
    '/me/security/password': { ...(await browser.get('/me/security/password')).hidden, new_password: 'x' },
    '/me/security/totp': { ...(await browser.get('/me/security/totp')).hidden, code: '000000', name: 'App' },
    '/me/security/passkey': { ...(await browser.get('/me/security/passkey')).hidden, name: 'Key' },
    '/me/security/recovery-codes': {},
  };
  const posts = webRoutes.filter(({ method }) => method === 'POST').map(({ path }) => path);
  assert.deepEqual(posts.toSorted(), Object.keys(genuine).toSorted(), 'a new form needs a case here');
  const [session = ''] = browser.cookie.split('; ').filter((cookie) => cookie.startsWith('latchkey_session'));
  const old = session.replace(/^[^=]+/, 'latchkey_session');
  const attempt = fc.record({
    path: fc.constantFrom(...posts),
    fields: fc.constantFrom({}, ...Object.values(genuine)),
    cookie: fc.constantFrom('', browser.cookie, session, old),
    evidence: fc.constantFrom<Record<string, string>>(
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { 'sec-fetch-site': 'same-site', origin: latchkey.url },
      { origin: 'https://evil.example' },
      { origin: latchkey.url.replace(/:\d+$/, ':1') },
    ),
  });
  await fc.assert(
    fc.asyncProperty(attempt, async ({ path, fields: sent, cookie, evidence }) => {
      const answer = await new PlainBrowser(latchkey).post(path, sent, { cookie, ...evidence });
      assert.deepEqual(answer.headers.getSetCookie(), []);
      const isOwnPage = answer.location?.startsWith('/sign-in?to=') ?? false;
      assert.ok(answer.status === 403 || isOwnPage, `${path}: ${answer.status} ${answer.location}`);
    }),
    { numRuns: 300 },
  );
  assert.equal((await browser.get('/')).status, 200, 'nobody was signed out');
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  const done = await browser.post('/consent', genuine['/consent'] ?? {});
  assert.equal(done.status, 303, 'the program was not answered before');
});
