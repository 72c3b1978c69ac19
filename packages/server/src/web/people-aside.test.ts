import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { authorizePath, pollForToken, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { personForm, setAside } from './testing/people-aside.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const password = 'correct horse';
const names = ['alice', 'bob', 'carol', 'dora', 'eve', 'frank'];
const users = names.map((userName) => ({ userName, displayName: `Person ${userName}`, password }));

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({ users });
});
after(() => latchkey.close());

async function signIn(browser: PlainBrowser, userName: string, to = '/'): Promise<string> {
  const form = await browser.get(`/sign-in?to=${encodeURIComponent(to)}`);
  const sent = { ...form.hidden, user_name: userName, password };
  return (await browser.post('/sign-in', sent)).location ?? '';
}

/** A browser in which alice signed in, and then bob. */
async function aliceThenBob(): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  for (const userName of ['alice', 'bob']) await signIn(browser, userName);
  return browser;
}

async function whoUses(browser: PlainBrowser): Promise<string | undefined> {
  return /<bdi class="viewer-name">(.*?)<\/bdi>/.exec((await browser.get('/sign-out')).text)?.[1];
}

function asideCookies(browser: PlainBrowser): readonly string[] {
  return browser.cookie.split('; ').filter((cookie) => cookie.startsWith('latchkey_aside_'));
}

test('of two people in one browser either goes on without a password, and neither is signed out', async () => {
  const browser = await aliceThenBob();
  for (const userName of ['alice', 'bob', 'alice']) {
    const chooser = await browser.get('/sign-in?to=%2Fdevice');
    assert.match(chooser.text, /<h2>Also signed in here<\/h2>/);
    const answer = await browser.post('/people', {
      ...personForm(chooser, `Person ${userName}`),
      action: 'go-on',
    });
    assert.deepEqual([answer.status, answer.location], [303, '/device']);
    assert.equal(await whoUses(browser), `Person ${userName}`);
    assert.equal(asideCookies(browser).length, 1);
  }
});

test('the cookie of a person set aside opens no page, and answers nothing', async () => {
  const browser = new PlainBrowser(latchkey);
  await setAside(latchkey, browser, 'bob');
  assert.equal((await browser.get('/')).location, '/sign-in?to=%2F');
  const client = await registerClient(latchkey);
  const path = authorizePath(client);
  assert.equal((await browser.get(path)).location, `/sign-in?to=${encodeURIComponent(path)}`);
});

test('a question that was shown to one person is not answered as another who uses the browser by now', async () => {
  const client = await registerClient(latchkey);
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  const path = authorizePath(client);
  const browser = await signedInAs(latchkey, 'alice');
  const device = await openDevice(browser, userCode);
  const consent = await browser.get(path);
  for (const { text } of [device, consent]) {
    assert.match(text, /<dt>As<\/dt><dd><bdi>Person alice<\/bdi> \(<bdi>alice<\/bdi>\)/);
    assert.match(text, /Not <bdi>Person alice<\/bdi>\? <a href="[^"]+">Sign in as someone else/);
  }
  await setAside(latchkey, browser, 'bob');
  const chooser = await browser.get('/sign-in');
  await browser.post('/people', { ...personForm(chooser, 'Person bob'), action: 'go-on' });
  const confirmation = userCode.slice(-4);
  for (const answer of [
    await browser.post('/device', { ...device.hidden, decision: 'allow', confirmation }),
    await browser.post('/consent', { ...consent.hidden, decision: 'allow' }),
  ]) {
    assert.equal(answer.status, 403);
    assert.match(answer.text, /Nothing was changed/);
  }
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  const asked = await browser.get(path);
  assert.match(asked.text, /<dt>As<\/dt><dd><bdi>Person bob<\/bdi>/);
});

test('“someone else” on the question of a program leads back to it as the person who was chosen', async () => {
  const browser = await aliceThenBob();
  const path = authorizePath(await registerClient(latchkey));
  const [, link = ''] =
    /<a href="([^"]+)">Sign in as someone else/.exec((await browser.get(path)).text) ?? [];
  const chooser = await browser.get(link.replaceAll('&amp;', '&'));
  const answer = await browser.post('/people', { ...personForm(chooser, 'Person alice'), action: 'go-on' });
  assert.equal(answer.location, path);
  assert.match((await browser.get(path)).text, /<dt>As<\/dt><dd><bdi>Person alice<\/bdi>/);
});

test('signing out leaves the others, but the browser is used as none of them until somebody is chosen', async () => {
  const browser = await aliceThenBob();
  await browser.post('/sign-out', (await browser.get('/sign-out')).hidden);
  assert.equal((await browser.get('/')).location, '/sign-in?to=%2F');
  const signedOut = await browser.get('/sign-out');
  assert.match(signedOut.text, /You are signed out.*Also signed in here.*Person alice/s);
  await browser.post('/people', { ...personForm(signedOut, 'Person alice'), action: 'go-on' });
  assert.equal(await whoUses(browser), 'Person alice');
  assert.deepEqual(asideCookies(browser), []);
});

test('a person set aside can be signed out, for good', async () => {
  const browser = await aliceThenBob();
  const [kept = ''] = asideCookies(browser);
  const chooser = await browser.get('/sign-in');
  const form = personForm(chooser, 'Person alice');
  const answer = await browser.post('/people', { ...form, action: 'sign-out' });
  assert.equal(answer.location, '/sign-in?to=%2F');
  assert.deepEqual(asideCookies(browser), []);
  browser.setCookie(kept);
  assert.doesNotMatch((await browser.get('/sign-in')).text, /Person alice/);
  assert.equal((await browser.post('/people', { ...form, action: 'go-on' })).location, '/sign-in?to=%2F');
  assert.equal(await whoUses(browser), 'Person bob');
});

test('another site can neither switch the person nor sign one out', async () => {
  const browser = await aliceThenBob();
  const form = personForm(await browser.get('/sign-in'), 'Person alice');
  for (const action of ['go-on', 'sign-out']) {
    for (const [fields, headers] of [
      [{ ...form, form_token: '' }, {}],
      [{ ...form, form_token: (await browser.get('/sign-out')).hidden['form_token'] ?? '' }, {}],
      [form, { 'sec-fetch-site': 'cross-site' }],
      [form, { origin: 'https://evil.example' }],
    ] as const) {
      const answer = await browser.post('/people', { ...fields, action }, headers);
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.headers.getSetCookie(), []);
    }
  }
  assert.equal((await browser.post('/people', form)).status, 400, 'neither button');
  assert.equal(await whoUses(browser), 'Person bob');
});

test('switching leads to no other site', async () => {
  const browser = await aliceThenBob();
  const form = personForm(await browser.get('/sign-in?to=https%3A%2F%2Fevil.example'), 'Person alice');
  const sent = { ...form, to: 'https://evil.example', action: 'go-on' };
  assert.equal((await browser.post('/people', sent)).location, '/');
});

test('a browser has five people at most: a sixth signs out the one whose session ends first', async () => {
  const browser = new PlainBrowser(latchkey);
  for (const userName of names) {
    await signIn(browser, userName);
    latchkey.clock.advance({ minutes: 1 });
  }
  assert.equal(asideCookies(browser).length, 4);
  const { text } = await browser.get('/sign-in');
  for (const userName of names.slice(1)) assert.ok(text.includes(`Person ${userName}`), userName);
  assert.doesNotMatch(text, /Person alice/);
});

test('of more than 8 cookies of people set aside, those after them are not looked at', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  await setAside(latchkey, browser, 'bob');
  const [aside = ''] = asideCookies(browser);
  const [name = '', token] = aside.split('=');
  const others = (count: number) => Array.from({ length: count }, (_, index) => `${name}${index}=expired`);
  const shows = async (...cookies: readonly string[]) => {
    const headers = { cookie: cookies.join('; ') };
    return (await new PlainBrowser(latchkey).get('/sign-in', headers)).text.includes('Person bob');
  };
  assert.equal(await shows(...others(7), `${name}=${token}`), true);
  assert.equal(await shows(...others(8), `${name}=${token}`), false);
});

test('a person who is disabled, or whose session ran out, is not there to be chosen', async () => {
  await using own = await startLatchkey({ users });
  const browser = await signedInAs(own, 'alice');
  await setAside(own, browser, 'bob');
  assert.match((await browser.get('/sign-in')).text, /Person bob/);
  own.clock.advance({ hours: 7 });
  browser.setCookie((await own.signIn('alice')).cookie);
  own.clock.advance({ hours: 1 });
  const { text } = await browser.get('/sign-in');
  assert.match(text, /Person alice/);
  assert.doesNotMatch(text, /Person bob/);
});

test('people of one instance on a host are not those of another', async () => {
  await using other = await startLatchkey({ users });
  const browser = await signedInAs(latchkey, 'alice');
  await setAside(latchkey, browser, 'bob');
  const atOther = new PlainBrowser(other, browser);
  assert.doesNotMatch((await atOther.get('/sign-in')).text, /Person/);
  await signInAt(atOther, 'carol');
  assert.match((await browser.get('/sign-in')).text, /Person bob/);
  assert.equal(await whoUses(browser), 'Person alice');
});

async function signInAt(browser: PlainBrowser, userName: string): Promise<void> {
  const { hidden } = await browser.get('/sign-in');
  await browser.post('/sign-in', { ...hidden, user_name: userName, password });
}
