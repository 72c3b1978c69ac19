import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import type { Latchkey } from '../../testing-kit/mod.ts';
import { addApp, makeCodes, scanKey } from '../testing/factors.ts';
import { PlainBrowser } from '../testing/plain-browser.ts';

let latchkey: Latchkey;
const pages = ['/me/security/totp', '/me/security/passkey', '/me/security/recovery-codes'];

beforeEach(async () => {
  latchkey = await startLatchkey({
    users: [{ userName: 'alice', displayName: 'Alice', password: 'secret' }],
  });
});
afterEach(() => latchkey.close());

/** A browser in which Alice has just signed in. */
async function signedIn(...factors: ('password' | 'totp' | 'verifiedPasskey')[]): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  browser.setCookie((await latchkey.signIn('alice', { factors })).cookie);
  return browser;
}

test('a change asks for a sign-in of the last 15 minutes, and leads back', async () => {
  const browser = await signedIn('password');
  const { hidden } = await browser.get('/me/security/totp');
  latchkey.clock.advance({ minutes: 15, seconds: 1 });
  const first = `/sign-in?to=${encodeURIComponent('/me/security/totp')}&user_name=alice`;
  assert.equal((await browser.get('/me/security/totp')).location, first);
  assert.equal(
    (await browser.post('/me/security/totp', { ...hidden, code: '1', name: 'App' })).location,
    first,
  );
  const page = await browser.get(first);
  assert.match(page.text, /sign in now, even if you did so before/);
  const fields = { ...page.hidden, user_name: 'alice', password: 'secret', passkey: '' };
  const done = await browser.post('/sign-in', fields);
  assert.equal(done.location, '/me/security/totp');
  assert.equal((await browser.get('/me/security/totp')).status, 200);
});

test('once a person has a second factor, a sign-in with the password alone changes nothing', async () => {
  const browser = await signedIn('password');
  await addApp(latchkey, browser);
  for (const path of pages) assert.match((await browser.get(path)).location ?? '', /^\/sign-in\?to=/, path);
  const { text, hidden } = await browser.get('/me/security');
  const [, id = ''] = /name="remove" value="([^"]+)"/.exec(text) ?? [];
  const refused = await browser.post('/me/security', { ...hidden, remove: id });
  assert.match(refused.location ?? '', /^\/sign-in\?to=/);
  for (const factors of [['password', 'totp'], ['verifiedPasskey']] as const) {
    const strong = await signedIn(...factors);
    for (const path of pages) assert.equal((await strong.get(path)).status, 200, `${path} ${factors}`);
  }
});

test('a factor is removed by its own form, and the codes go with the last one', async () => {
  await addApp(latchkey, await signedIn('password'), 'Old <phone>');
  const browser = await signedIn('password', 'totp');
  assert.equal((await makeCodes(browser)).length, 10);
  const { text, hidden } = await browser.get('/me/security');
  assert.match(text, /Old &lt;phone&gt;/);
  assert.match(text, /10 of 10 are left/);
  const [, id = ''] = /name="remove" value="([^"]+)"/.exec(text) ?? [];
  const other = '00000000-0000-4000-8000-000000000000';
  assert.equal((await browser.post('/me/security', { ...hidden, remove: other })).status, 403);
  assert.equal((await browser.post('/me/security', { ...hidden, remove: id })).location, '/me/security');
  const after = await browser.get('/me/security');
  assert.doesNotMatch(after.text, /Old|are left/);
  assert.equal((await browser.get('/me/security/recovery-codes')).location, '/me/security');
});

test('an app is added with a right code and a name, and the same key is shown again until then', async () => {
  const browser = await signedIn('password');
  const { text, hidden } = await browser.get('/me/security/totp');
  const app = scanKey(latchkey, text);
  const send = (fields: Readonly<Record<string, string>>) =>
    browser.post('/me/security/totp', { ...hidden, name: 'App', ...fields });
  for (const [fields, status] of [
    [{ code: '000000x' }, 403],
    [{ code: app.code(), name: ' ' }, 400],
    [{ code: app.code(), name: 'x'.repeat(65) }, 400],
  ] as const) {
    const answer = await send(fields);
    assert.equal(answer.status, status);
    assert.equal(answer.hidden['enrolment'], hidden['enrolment']);
  }
  assert.match((await browser.get('/me/security')).text, /None yet/);
  assert.match(text, /<svg class="qr"[^>]*role="img" aria-label="QR code/);
  assert.equal((await send({ code: app.code() })).location, '/me/security');
});

test('a key that another person was shown is refused', async () => {
  await using other = await startLatchkey({ users: [{ userName: 'alice' }, { userName: 'mallory' }] });
  const mallory = new PlainBrowser(other);
  mallory.setCookie((await other.signIn('mallory')).cookie);
  const theirs = await mallory.get('/me/security/totp');
  const alice = new PlainBrowser(other);
  alice.setCookie((await other.signIn('alice')).cookie);
  const { hidden } = await alice.get('/me/security/totp');
  const planted = { ...hidden, enrolment: theirs.hidden['enrolment'] ?? '', name: 'App' };
  const code = scanKey(other, theirs.text).code();
  assert.equal((await alice.post('/me/security/totp', { ...planted, code })).status, 403);
});

test('accounts, sessions and ways to sign in lead to each other', async () => {
  const browser = await signedIn('password');
  const pages = ['/', '/me', '/me/security'];
  for (const page of pages) {
    const { text } = await browser.get(page);
    for (const other of pages) {
      if (other !== page) assert.ok(text.includes(`<a href="${other}">`), `${page} leads to ${other}`);
    }
  }
});
