import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Latchkey, startLatchkey } from '../testing/mod.ts';
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
  assert.deepEqual(done.headers.getSetCookie(), [
    'latchkey_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
  ]);
  assert.match((await browser.get('/sign-out')).text, /You are signed out/);
  const thief = new PlainBrowser(latchkey.url);
  thief.setCookie(kept);
  assert.equal((await thief.get('/')).location, '/sign-in?to=%2F');
});

test('following a link does not sign out', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  await browser.get('/sign-out');
  assert.equal((await browser.get('/')).status, 200);
});

test('another site cannot sign a person out', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await (await signedInAs(latchkey, 'bob')).get('/sign-out');
  assert.equal((await browser.post('/sign-out', {})).status, 403);
  assert.equal((await browser.post('/sign-out', hidden)).status, 403);
  assert.equal((await browser.get('/')).status, 200);
});

test('signing out twice is no error', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  const { hidden } = await browser.get('/');
  await browser.post('/sign-out', hidden);
  assert.equal((await browser.post('/sign-out', hidden)).location, '/sign-out');
});
