import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({ users: [{ userName: 'alice' }, { userName: 'bob' }] });
});
after(() => latchkey.close());

test('signing out ends the session, also for whoever kept the cookie', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const kept = browser.cookie;
  const asked = await browser.get('/sign-out');
  assert.match(asked.text, /Sign out\?/);
  const done = await browser.post('/sign-out', asked.hidden);
  assert.equal(done.location, '/sign-out');
  const [cookie = '', ...others] = done.headers.getSetCookie();
  assert.match(cookie, /^latchkey_session_[\w-]+=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.deepEqual(others, []);
  assert.match((await browser.get('/sign-out')).text, /You are signed out/);
  const thief = new PlainBrowser(latchkey);
  thief.setCookie(kept);
  assert.equal((await thief.get('/')).location, '/sign-in?to=%2F');
});

test('following a link does not sign out', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  await browser.get('/sign-out');
  assert.equal((await browser.get('/')).status, 200);
});

test('another site cannot sign a person out: nothing changes, and the page says that they are still signed in', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden: genuine } = await browser.get('/sign-out');
  const { hidden: foreign } = await (await signedInAs(latchkey, 'bob')).get('/sign-out');
  const attempts: readonly [fields: Record<string, string>, headers?: Record<string, string>][] = [
    [{}],
    [foreign],
    [{ form_token: 'x' }],
    [genuine, { 'sec-fetch-site': 'cross-site' }],
    [genuine, { 'sec-fetch-site': 'same-site' }],
    [genuine, { origin: 'https://evil.example' }],
  ];
  for (const [fields, headers = {}] of attempts) {
    const answer = await browser.post('/sign-out', fields, headers);
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    assert.match(answer.text, /You are still signed in/);
    assert.doesNotMatch(answer.text, /You are signed out/);
  }
  assert.equal((await browser.get('/')).status, 200);
});

test('a sign-out form of another site, which browsers send without the cookie, is not answered as if someone had signed out', async () => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
    const answer = await new PlainBrowser(latchkey).post('/sign-out', {}, headers);
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.headers.getSetCookie(), []);
    assert.match(answer.text, /Another site sent that form/);
    assert.match(answer.text, /Nothing was changed/);
  }
});

test('the sign-out button of a page from before the last sign-in signs nobody out unasked, and asks again', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get('/');
  browser.setCookie((await signedInAs(latchkey, 'alice')).cookie);
  const asked = await browser.post('/sign-out', hidden);
  assert.equal(asked.status, 403);
  assert.match(asked.text, /You are still signed in/);
  assert.equal((await browser.post('/sign-out', asked.hidden)).location, '/sign-out');
  assert.match((await browser.get('/sign-out')).text, /You are signed out/);
});

test('signing out twice is no error', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get('/');
  await browser.post('/sign-out', hidden);
  const again = await browser.post('/sign-out', hidden);
  assert.equal(again.location, '/sign-out');
  assert.deepEqual(again.headers.getSetCookie(), []);
});
