import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { type Client, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const password = 'correct horse';
let latchkey: Latchkey;
let client: Client;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob'].map((userName) => ({ userName, password })),
  });
  client = await registerClient(latchkey);
});
after(() => latchkey.close());

/** Sends a sign-in form that was opened before. */
function sendSignIn(browser: PlainBrowser, form: PageView, userName: string): Promise<PageView> {
  return browser.post('/sign-in', { ...form.hidden, user_name: userName, password });
}

/** Allows a device in a browser. @returns what a refresh with the device's refresh token is answered: `granted`, or the error */
async function allowDevice(browser: PlainBrowser): Promise<() => Promise<string>> {
  const { deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const { hidden } = await openDevice(browser, userCode);
  const answer = { ...hidden, decision: 'allow', confirmation: userCode.slice(-4) };
  assert.match((await browser.post('/device', answer)).location ?? '', /^\/device\/allowed/);
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  let { refreshToken } = await requestToken({ grantType, deviceCode });
  assert.notEqual(refreshToken, undefined);
  return async () => {
    const answer = await requestToken({ grantType: 'refresh_token', refreshToken });
    refreshToken = answer.refreshToken ?? refreshToken;
    return answer.error ?? 'granted';
  };
}

async function requestToken(
  grant: object,
): Promise<{ readonly refreshToken?: string; readonly error?: string }> {
  const { clientId, clientSecret } = client;
  const response = await fetch(`${latchkey.url}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId, clientSecret, ...grant }),
  });
  return (await response.json()) as { refreshToken?: string; error?: string };
}

async function signOut(browser: PlainBrowser): Promise<void> {
  const { hidden } = await browser.get('/sign-out');
  assert.equal((await browser.post('/sign-out', hidden)).location, '/sign-out');
}

test('signing out takes back what was allowed before the older sign-in form of another tab was sent', async () => {
  const browser = new PlainBrowser(latchkey);
  const [one, other] = [await browser.get('/sign-in'), await browser.get('/sign-in')];
  await sendSignIn(browser, one, 'alice');
  const first = await allowDevice(browser);
  await sendSignIn(browser, other, 'alice');
  const second = await allowDevice(browser);
  assert.deepEqual([await first(), await second()], ['granted', 'granted'], 'signing in again ends nothing');
  await signOut(browser);
  assert.deepEqual([await first(), await second()], ['invalid_grant', 'invalid_grant']);
});

test('signing in again gives a new session cookie, and the one before opens nothing (session fixation)', async () => {
  const browser = new PlainBrowser(latchkey);
  await sendSignIn(browser, await browser.get('/sign-in'), 'alice');
  const before = new PlainBrowser(latchkey);
  before.setCookie(sessionCookieOf(browser));
  await sendSignIn(browser, await browser.get('/sign-in'), 'alice');
  assert.notEqual(sessionCookieOf(browser), sessionCookieOf(before));
  assert.equal((await before.get('/')).location, '/sign-in?to=%2F');
});

test('signing in as someone else leaves who was signed in there, and the page says so before', async () => {
  const browser = new PlainBrowser(latchkey);
  await sendSignIn(browser, await browser.get('/sign-in'), 'alice');
  const device = await allowDevice(browser);
  const form = await browser.get('/sign-in');
  assert.match(form.text, /sign in as someone else; <bdi>alice<\/bdi> stays signed in here/);
  await sendSignIn(browser, form, 'bob');
  const ofBob = await allowDevice(browser);
  await signOut(browser);
  assert.deepEqual([await device(), await ofBob()], ['granted', 'invalid_grant']);
});

test('signing out elsewhere takes back nothing that was allowed in this browser', async () => {
  const [here, elsewhere] = [await signedInAs(latchkey, 'alice'), await signedInAs(latchkey, 'alice')];
  const device = await allowDevice(here);
  await signOut(elsewhere);
  assert.equal(await device(), 'granted');
});

test('signing out ends the session behind every session cookie of the browser, those with earlier names too', async () => {
  const earlier = await signedInAs(latchkey, 'alice');
  const device = await allowDevice(earlier);
  const browser = await signedInAs(latchkey, 'alice');
  browser.setCookie(`latchkey_session=${earlier.cookie.split('=')[1]}`);
  await signOut(browser);
  assert.equal(await device(), 'invalid_grant');
});

test('signing in takes over what was allowed behind session cookies with earlier names', async () => {
  const earlier = await signedInAs(latchkey, 'alice');
  const device = await allowDevice(earlier);
  const browser = new PlainBrowser(latchkey);
  browser.setCookie(`latchkey_session=${earlier.cookie.split('=')[1]}`);
  const form = await browser.get('/sign-in');
  browser.setCookie(`latchkey_session=${earlier.cookie.split('=')[1]}`);
  await sendSignIn(browser, form, 'alice');
  assert.equal(await device(), 'granted');
  assert.doesNotMatch(browser.cookie, /latchkey_session=/);
  await signOut(browser);
  assert.equal(await device(), 'invalid_grant');
});

function sessionCookieOf(browser: PlainBrowser): string {
  return browser.cookie.split('; ').find((cookie) => cookie.startsWith('latchkey_session')) ?? '';
}
