import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertError, type Credentials, poll, portal, register, startDevice } from '../http/testing/api.ts';
import type { Latchkey, LatchkeyOptions } from '../testing-kit/mod.ts';
import { webRoutes } from './routes.ts';
import { authorizePath, registerClient } from './testing/client.ts';
import { addApp, scanKey, typePassword } from './testing/factors.ts';
import { openDevice } from './testing/open-device.ts';
import { hiddenFieldsOf, PlainBrowser } from './testing/plain-browser.ts';

const alice = { userName: 'alice', password: 'correct horse' };
const office = { 'x-forwarded-for': '192.0.2.20' };
const elsewhere = { 'x-forwarded-for': '203.0.113.9' };

type Settings = NonNullable<LatchkeyOptions['settings']>;

function start(policy: Settings['policy'] & object, settings: Settings = {}): Promise<Latchkey> {
  return startLatchkey({
    users: [
      { ...alice, displayName: 'Alice' },
      { userName: 'bob', password: 'battery staple' },
    ],
    groups: [{ name: 'Admins', members: ['alice'] }],
    permissionSets: [{ name: 'Admin' }, { name: 'ReadOnly' }],
    settings: { ...settings, policy },
  });
}

async function signedIn(latchkey: Latchkey, browser = new PlainBrowser(latchkey)): Promise<PlainBrowser> {
  const { status } = await typePassword(browser, alice);
  assert.equal(status, 303);
  return browser;
}

/** Paths that lead in and out, end something, or set up what is demanded; every other page asks for the policy first. */
const open =
  /^\/(?:sign-in|sign-in\/factor|link|sign-out|people|take-back|taken-back|not-me|step-up|me\/security(?:\/[a-z-]+)?|assets\/.*|\.well-known\/.*)$/;

/** What links of a page lead to. */
function linksOf(page: string): readonly string[] {
  return Array.from(page.matchAll(/<a href="([^"]+)"/g), ([, href = '']) => href.replaceAll('&amp;', '&'));
}

describe('a person who lacks a required factor', () => {
  test('sets one up before going on, and goes on to where they wanted without signing in again', async () => {
    await using latchkey = await start([{ groups: ['Admins'], factors: 'secondFactor' }]);
    const { userCode } = await startDevice(latchkey, await register(latchkey));
    const browser = await signedIn(latchkey);
    const target = `/device?user_code=${userCode}`;
    const asked = await browser.get(target);
    assert.equal(asked.status, 403);
    assert.match(asked.text, /<h1>Set up a second factor first<\/h1>/);
    const enrol = linksOf(asked.text).find((href) => href.startsWith('/me/security/totp')) ?? '';
    assert.deepEqual(
      linksOf(asked.text).filter((href) => href.startsWith('/me/security/')),
      ['passkey', 'totp'].map((way) => `/me/security/${way}?to=${encodeURIComponent(target)}`),
    );
    const page = await browser.get(enrol);
    const before = browser.cookie;
    const code = scanKey(latchkey, page.text).code();
    const added = await browser.post('/me/security/totp', { ...page.hidden, name: 'Phone', code });
    assert.equal(added.location, target);
    assert.notEqual(browser.cookie, before, 'the session is a new one');
    assert.match((await openDevice(browser, userCode)).text, /<h1>[^<]*<\/h1>/);
    assert.equal((await browser.get('/')).status, 200);
  });

  test('gets no page that acts for them before that, whichever it is', async () => {
    await using latchkey = await start([{ groups: ['Admins'], factors: 'secondFactor' }]);
    const browser = await signedIn(latchkey);
    const query = authorizePath(await registerClient(latchkey)).replace('/authorize', '');
    const gated = webRoutes.filter(({ path, method }) => method !== 'HEAD' && !open.test(path));
    assert.ok(gated.length > 8);
    for (const { method, path } of gated) {
      const page = method === 'GET' ? await browser.get(path + query) : await browser.post(path, {});
      assert.equal(page.status, 403, `${method} ${path}`);
      assert.match(page.text, /Set up a second factor first/, path);
    }
    assert.equal((await browser.get('/sign-out')).status, 200);
    assert.equal((await browser.get('/me/security')).status, 200);
  });

  test('is not asked where no group of theirs is named', async () => {
    await using latchkey = await start([{ groups: ['Admins'], factors: 'secondFactor' }]);
    const browser = new PlainBrowser(latchkey);
    await typePassword(browser, { userName: 'bob', password: 'battery staple' });
    assert.equal((await browser.get('/')).status, 200);
  });

  test('sets up a passkey only where a passkey is required, as an app would not do', async () => {
    await using latchkey = await start([{ factors: 'passkey' }]);
    const browser = await signedIn(latchkey);
    const { text } = await browser.get('/');
    assert.match(text, /<h1>Set up a passkey first<\/h1>/);
    assert.deepEqual(
      linksOf(text).filter((href) => href.startsWith('/me/security/')),
      ['/me/security/passkey?to=%2F'],
    );
  });

  test('who has the factor signs in with it, and cannot set up another one instead', async () => {
    await using latchkey = await start([{ factors: 'secondFactor' }]);
    const owner = new PlainBrowser(latchkey);
    owner.setCookie((await latchkey.signIn('alice')).cookie);
    await addApp(latchkey, owner);
    const thief = new PlainBrowser(latchkey);
    thief.setCookie((await latchkey.signIn('alice')).cookie);
    const { status, text } = await thief.get('/me');
    assert.equal(status, 403);
    assert.match(text, /<h1>Sign in again first<\/h1>/);
    assert.match(text, /name="to" value="\/me"/);
    const { location } = await thief.get('/me/security/totp?to=%2Fme');
    const back = encodeURIComponent('/me/security/totp?to=%2Fme');
    assert.equal(location, `/sign-in?to=${back}&user_name=alice`);
  });
});

describe('step-up before something is allowed', () => {
  const policy = [{ recentSignInSeconds: 300 }];

  test('a device is allowed after signing in again, which leads back to its request', async () => {
    await using latchkey = await start(policy);
    const { userCode } = await startDevice(latchkey, await register(latchkey));
    const browser = await signedIn(latchkey);
    latchkey.clock.advance({ minutes: 6 });
    const asked = await openDevice(browser, userCode);
    assert.equal(asked.status, 403);
    assert.match(asked.text, /within the last 5.minutes/);
    assert.match(asked.text, /value="deny"/);
    const { to = '' } = hiddenFieldsOf(asked.text.slice(asked.text.indexOf('action="/sign-in"')));
    const { location = '' } = await typePassword(browser, { ...alice, to });
    assert.equal(location, to);
    const question = await browser.get(location);
    const allowed = await browser.post('/device', {
      ...{ ...question.hidden, confirmation: userCode.slice(-4), decision: 'allow' },
    });
    assert.match(allowed.location ?? '', /^\/device\/allowed/);
  });

  test('a program is allowed after signing in again, and can be denied at once', async () => {
    await using latchkey = await start(policy);
    const browser = await signedIn(latchkey);
    latchkey.clock.advance({ minutes: 6 });
    const path = authorizePath(await registerClient(latchkey));
    const asked = await browser.get(path);
    assert.equal(asked.status, 403);
    assert.match(asked.text, /Before you can allow this program/);
    const denial = hiddenFieldsOf(asked.text.slice(asked.text.indexOf('action="/consent"')));
    const forced = await browser.post('/consent', { ...denial, decision: 'allow' });
    assert.equal(forced.status, 403, 'the answer is judged, too');
    const { to = '' } = hiddenFieldsOf(asked.text.slice(asked.text.indexOf('action="/sign-in"')));
    assert.equal(to, path);
    const denied = await browser.post('/consent', { ...denial, decision: 'deny' });
    assert.match(denied.location ?? '', /error=access_denied/);
  });

  test('a change of factors asks for a sign-in as recent as the policy says, and never of more than 15 minutes', async () => {
    await using latchkey = await start([{ recentSignInSeconds: 300 }]);
    const browser = await signedIn(latchkey);
    latchkey.clock.advance({ minutes: 5 });
    assert.equal((await browser.get('/me/security/totp')).status, 200);
    latchkey.clock.advance({ seconds: 1 });
    assert.equal((await browser.get('/me/security/totp')).status, 303);
  });
});

describe('step-up before role credentials', () => {
  const policy = [{ permissionSets: ['Admin'], recentSignInSeconds: 900 }];
  const longSessions = { lifetimes: { signInSessionSeconds: 1800, sessionSeconds: 90 * 86_400 } };

  async function allowedIn(latchkey: Latchkey, browser: PlainBrowser, client: Credentials): Promise<string> {
    const { userCode, deviceCode } = await startDevice(latchkey, client);
    const question = await openDevice(browser, userCode);
    const ending = { confirmation: userCode.slice(-4), decision: 'allow' };
    const { location = '' } = await browser.post('/device', { ...question.hidden, ...ending });
    assert.match(location, /^\/device\/allowed/);
    return String((await poll(latchkey, client, deviceCode)).members['accessToken']);
  }
  const get = (latchkey: Latchkey, accessToken: string, role: string) =>
    portal(latchkey, `/federation/credentials?account_id=111122223333&role_name=${role}`, accessToken);

  test('the next call gets them once the person has signed in again in the browser, on the page that the message names', async () => {
    await using latchkey = await start(policy);
    const browser = await signedIn(latchkey);
    const token = await allowedIn(latchkey, browser, await register(latchkey));
    assert.equal((await get(latchkey, token, 'Admin')).status, 200);
    latchkey.clock.advance({ minutes: 15, seconds: 1 });
    assert.equal((await get(latchkey, token, 'ReadOnly')).status, 200);
    const refused = await get(latchkey, token, 'Admin');
    const message =
      /^Admin needs a sign-in of the last 15m\. Open (\S+) in the browser in which you allowed this program, sign in there, and run the command again$/;
    assertError(refused, { status: 403, type: 'ForbiddenException', message });
    const [, url = ''] = message.exec(String(refused.members['message'])) ?? [];
    const here = url.slice(latchkey.url.length);
    const page = await browser.get(here);
    assert.match(page.text, /wants credentials of <strong><bdi>Admin<\/bdi>/);
    assert.equal(page.hidden['to'], here);

    const other = await signedIn(latchkey);
    assert.match((await other.get(here)).text, /Go back to your program/);
    assert.equal((await get(latchkey, token, 'Admin')).status, 403, 'another browser is not the one');

    const signIn = await browser.get(`/sign-in?${new URLSearchParams({ to: here, user_name: 'alice' })}`);
    assert.match(signIn.text, /Then your program gets what it asked for/);
    assert.doesNotMatch(signIn.text, /Go on as/, 'that would lead back to the question');
    const { location } = await typePassword(browser, { ...alice, to: here });
    assert.equal(location, here);
    const done = await browser.get(here);
    assert.equal(done.status, 200);
    assert.match(done.text, /<h1>Go back to your program<\/h1>/);
    assert.equal((await get(latchkey, token, 'Admin')).status, 200);
  });

  test('where the browser is not signed in any more, the message says to sign the program in anew', async () => {
    await using latchkey = await start(policy, longSessions);
    const browser = await signedIn(latchkey);
    const token = await allowedIn(latchkey, browser, await register(latchkey));
    latchkey.clock.advance({ minutes: 29, seconds: 59 });
    assert.match(String((await get(latchkey, token, 'Admin')).members['message']), /Open http/);
    latchkey.clock.advance({ seconds: 1 });
    const { members } = await get(latchkey, token, 'Admin');
    assert.match(String(members['message']), /not signed in any more: sign in anew, as by `aws sso login`$/);
  });

  test('nobody is told of rules for a role that they do not have', async () => {
    await using latchkey = await start([{ permissionSets: ['Owner'], factors: 'passkey' }]);
    const token = await allowedIn(latchkey, await signedIn(latchkey), await register(latchkey));
    const message = /^No access$/;
    assertError(await get(latchkey, token, 'Owner'), { status: 403, type: 'ForbiddenException', message });
  });

  test('a rule that came later asks for a factor at the next call of a program that was allowed without', async () => {
    await using latchkey = await start([{ permissionSets: ['Admin'], factors: 'secondFactor' }]);
    const browser = await signedIn(latchkey);
    const token = await allowedIn(latchkey, browser, await register(latchkey));
    const { members } = await get(latchkey, token, 'Admin');
    assert.match(String(members['message']), /^Admin needs a sign-in with a second factor\. Open /);
    const here = '/step-up?role=Admin';
    const enrol = linksOf((await browser.get(here)).text).find((href) => href.includes('/totp')) ?? '';
    const page = await browser.get(enrol);
    const code = scanKey(latchkey, page.text).code();
    const added = await browser.post('/me/security/totp', { ...page.hidden, name: 'Phone', code });
    assert.equal(added.location, here);
    assert.equal((await get(latchkey, token, 'Admin')).status, 200, 'the session goes on in the new one');
  });

  test('the page takes no role whose name no permission set can have', async () => {
    await using latchkey = await start(policy);
    const browser = await signedIn(latchkey);
    for (const role of ['', '%3Cscript%3E', 'a'.repeat(33)]) {
      assert.equal((await browser.get(`/step-up?role=${role}`)).location, '/');
    }
    assert.equal(
      (await new PlainBrowser(latchkey).get('/step-up?role=Admin')).location,
      '/sign-in?to=%2Fstep-up%3Frole%3DAdmin',
    );
  });
});

describe('networks', () => {
  const settings = { trustedProxies: ['127.0.0.1', '::1'] };
  const policy = [{ name: 'office', groups: ['Admins'], networks: ['192.0.2.0/24'] }];

  test('nobody signs in from another network, and the page says why only after the right password', async () => {
    await using latchkey = await start(policy, settings);
    const browser = new PlainBrowser(latchkey);
    const { hidden } = await browser.get('/sign-in', elsewhere);
    const type = (password: string, from: Readonly<Record<string, string>>) =>
      browser.post('/sign-in', { ...hidden, user_name: 'alice', password }, from);
    assert.match((await type('wrong', elsewhere)).text, /name or the password is wrong/);
    const refused = await type(alice.password, elsewhere);
    assert.equal(refused.status, 403);
    assert.match(refused.text, /<h1>Not from this network<\/h1>/);
    assert.match(refused.text, /comes from <bdi dir="ltr">203\.0\.113\.9<\/bdi>/);
    assert.doesNotMatch(browser.cookie, /latchkey_session/);
    assert.equal((await type(alice.password, office)).status, 303);
  });

  test('a second factor is not asked for in another network, where its code would be used up for nothing', async () => {
    await using latchkey = await start(policy, settings);
    const owner = new PlainBrowser(latchkey);
    owner.setCookie((await latchkey.signIn('alice')).cookie);
    const { text, hidden } = await owner.get('/me/security/totp', office);
    const code = scanKey(latchkey, text).code();
    await owner.post('/me/security/totp', { ...hidden, name: 'Phone', code }, office);
    const browser = new PlainBrowser(latchkey);
    const form = (await browser.get('/sign-in', elsewhere)).hidden;
    const fields = { ...form, user_name: 'alice', password: alice.password };
    const refused = await browser.post('/sign-in', fields, elsewhere);
    assert.match(refused.text, /Not from this network/);
    assert.doesNotMatch(browser.cookie, /pending/);
    assert.match((await browser.post('/sign-in', fields, office)).location ?? '', /^\/sign-in\/factor/);
  });

  test('a session that was begun in the right network is good for nothing in another, but to sign out', async () => {
    await using latchkey = await start(policy, settings);
    const browser = new PlainBrowser(latchkey);
    browser.setCookie((await latchkey.signIn('alice')).cookie);
    for (const path of ['/', '/me', '/me/security', '/me/security/totp', '/device', '/step-up?role=Admin']) {
      assert.equal((await browser.get(path, office)).status === 403, false, path);
      const { status, text } = await browser.get(path, elsewhere);
      assert.equal(status, 403, path);
      assert.match(text, /Not from this network/, path);
    }
    assert.equal((await browser.get('/sign-out', elsewhere)).status, 200);
  });

  test('a program gets an error that says so, and works in the right network again', async () => {
    await using latchkey = await start(
      [...policy, { permissionSets: ['Admin'], networks: ['192.0.2.20'] }],
      settings,
    );
    const browser = new PlainBrowser(latchkey);
    browser.setCookie((await latchkey.signIn('alice')).cookie);
    const client = await register(latchkey);
    const { userCode, deviceCode } = await startDevice(latchkey, client);
    const question = await openDevice(browser, userCode, office);
    const ending = { confirmation: userCode.slice(-4), decision: 'allow' };
    await browser.post('/device', { ...question.hidden, ...ending }, office);
    const { clientId, clientSecret } = client;
    const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
    const redeem = (headers: Readonly<Record<string, string>>) =>
      fetch(`${latchkey.url}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ clientId, clientSecret, grantType, deviceCode }),
      });
    assert.equal((await redeem(elsewhere)).headers.get('x-amzn-errortype'), 'AccessDeniedException');
    const { accessToken } = (await (await redeem(office)).json()) as { accessToken: string };
    const call = async (path: string, headers: Readonly<Record<string, string>>) => {
      const all = { 'x-amz-sso_bearer_token': accessToken, ...headers };
      const response = await fetch(latchkey.url + path, { headers: all });
      return [response.status, ((await response.json()) as { message?: string }).message] as const;
    };
    const credentials = '/federation/credentials?account_id=111122223333&role_name=';
    const sentence =
      'Your administrators let programs act for you from certain networks only, and 203.0.113.9 is in none of them: run this in one of those networks';
    for (const path of ['/assignment/accounts', `${credentials}ReadOnly`]) {
      assert.deepEqual(await call(path, elsewhere), [403, sentence]);
      assert.equal((await call(path, office))[0], 200);
    }
    assert.equal((await call(`${credentials}Admin`, office))[0], 200);
    assert.equal((await call(`${credentials}Admin`, { 'x-forwarded-for': '192.0.2.21' }))[0], 403);
  });
});
