import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const OLD_NAME = 'latchkey_session';
const password = 'correct horse';
const users = [
  { userName: 'alice', displayName: 'Alice', password },
  { userName: 'bob', displayName: 'Bob' },
];

test('one browser is signed in to two instances on one host, and signs out of them one by one', async () => {
  await using one = await startLatchkey({ users });
  await using other = await startLatchkey({ users });
  const browser = await signedInAs(one, 'alice');
  const atOther = new PlainBrowser(other, browser);
  const form = await atOther.get('/sign-in');
  await atOther.post('/sign-in', { ...form.hidden, user_name: 'alice', password });
  assert.equal((await browser.get('/')).status, 200);
  assert.equal((await atOther.get('/')).status, 200);
  await atOther.post('/sign-out', (await atOther.get('/')).hidden);
  assert.equal((await atOther.get('/')).location, '/sign-in?to=%2F');
  assert.equal((await browser.get('/')).status, 200);
});

test('a session cookie of release 0.1 still signs in, and gets the name of today on the first page', async () => {
  await using latchkey = await startLatchkey({ users });
  const { cookie } = await latchkey.signIn('alice');
  const [name, token] = cookie.split('=');
  const browser = new PlainBrowser(latchkey);
  browser.setCookie(`${OLD_NAME}=${token}`);
  const first = await browser.get('/');
  assert.equal(first.status, 200);
  const [set = '', cleared = ''] = first.headers.getSetCookie();
  assert.match(set, new RegExp(`^${name}=${token}; Max-Age=\\d+; Path=/; HttpOnly; SameSite=Lax$`));
  assert.equal(cleared, `${OLD_NAME}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`);
  assert.equal(browser.cookie, cookie);
  assert.deepEqual((await browser.get('/')).headers.getSetCookie(), []);
});

test('the first request after an upgrade may be a form: it is answered, and the next page replaces the cookie', async () => {
  await using latchkey = await startLatchkey({ users });
  const { cookie } = await latchkey.signIn('alice');
  const browser = new PlainBrowser(latchkey);
  browser.setCookie(`${OLD_NAME}=${cookie.split('=')[1]}`);
  const answer = await browser.post('/device', { user_code: 'BCDF-GHJK', decision: 'allow' });
  assert.equal(answer.status, 403, 'signed in, and the form is not genuine');
  assert.deepEqual(answer.headers.getSetCookie(), []);
  await browser.get('/device');
  assert.equal(browser.cookie, cookie);
});

test('a cookie of release 0.1 that is of another instance on the host is left alone, also when signing in and out', async () => {
  await using upgraded = await startLatchkey({ users });
  await using old = await startLatchkey({ users });
  const kept = `${OLD_NAME}=${(await old.signIn('bob')).cookie.split('=')[1]}`;
  const browser = new PlainBrowser(upgraded);
  browser.setCookie(kept);
  const form = await browser.get('/sign-in');
  await browser.post('/sign-in', { ...form.hidden, user_name: 'alice', password });
  const portal = await browser.get('/');
  assert.match(portal.text, /Alice/);
  await browser.post('/sign-out', portal.hidden);
  assert.match((await browser.get('/sign-out')).text, /You are signed out/);
  assert.ok(browser.cookie.split('; ').includes(kept), browser.cookie);
});

test('signing out clears the cookies of both names, so that no older session comes to light', async () => {
  await using latchkey = await startLatchkey({ users });
  const browser = await signedInAs(latchkey, 'alice');
  browser.setCookie(`${OLD_NAME}=${(await latchkey.signIn('bob')).cookie.split('=')[1]}`);
  const portal = await browser.get('/');
  assert.match(portal.text, /Alice/, 'the name of today comes first');
  await browser.post('/sign-out', portal.hidden);
  assert.equal(browser.cookie, '');
  assert.match((await browser.get('/sign-out')).text, /You are signed out/);
});

test('an instance that is started again on another port finds its sessions', async () => {
  using folder = temporaryFolder();
  const signInBefore = async () => {
    await using before = await startLatchkey({ users, dataDir: folder.path });
    return signedInAs(before, 'alice');
  };
  const browser = await signInBefore();
  await using after = await startLatchkey({ users, dataDir: folder.path });
  assert.equal((await new PlainBrowser(after, browser).get('/')).status, 200);
});

test('of more than 8 session cookies, the one with the current name is looked at wherever it stands, and the last others are not', async () => {
  await using latchkey = await startLatchkey({ users });
  const { cookie } = await latchkey.signIn('alice');
  const [name = '', token] = cookie.split('=');
  const others = (count: number) => Array.from({ length: count }, (_, index) => `${name}${index}=expired`);
  const isSignedIn = async (...cookies: readonly string[]) => {
    const headers = { cookie: cookies.join('; ') };
    return (await new PlainBrowser(latchkey).get('/', headers)).status === 200;
  };
  assert.equal(await isSignedIn(...others(8), cookie), true, 'ninth, with the current name');
  assert.equal(await isSignedIn(...others(7), `${OLD_NAME}=${token}`), true, 'eighth, with an earlier name');
  assert.equal(await isSignedIn(...others(8), `${OLD_NAME}=${token}`), false, 'ninth, with an earlier name');
});

test('a session cookie with a name that no server can set signs in nobody, and is no failure', async () => {
  await using latchkey = await startLatchkey({ users });
  const { cookie } = await latchkey.signIn('alice');
  const [name = '', token] = cookie.split('=');
  for (const kind of ['session', 'aside', 'form', 'device']) {
    for (const letter of ['\u00ff', '(', '"']) {
      const odd = `${name.replace('_session_', `_${kind}_`)}_${letter}=${token}`;
      const { status } = await new PlainBrowser(latchkey).get('/sign-in', { cookie: odd });
      assert.equal(status, 200, odd);
    }
    const odd = `${name}${'\u00ff'}=${token}`;
    assert.equal((await new PlainBrowser(latchkey).get('/', { cookie: odd })).status, 303);
  }
});

test('cookies that are no session are passed over', async () => {
  await using latchkey = await startLatchkey({ users });
  const { cookie } = await latchkey.signIn('alice');
  const [name = '', token] = cookie.split('=');
  const browser = new PlainBrowser(latchkey);
  browser.setCookie(`${name}=expired`);
  browser.setCookie(`${OLD_NAME}=${token}`);
  assert.equal((await browser.get('/')).status, 200);
  assert.equal(browser.cookie, cookie);
});
