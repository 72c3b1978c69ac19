import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { portal, refresh, register, signIn } from '../http/testing/api.ts';
import { Caller } from '../sts/testing/caller.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const ACCOUNT = '000011112222';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PASSWORD = 'correct horse battery';
let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({
    users: ['alice', 'bob', 'carol', 'dave', 'erin'].map((userName) => ({ userName, password: PASSWORD })),
    accounts: [{ id: ACCOUNT, name: 'Sandbox' }],
    permissionSets: [{ name: 'Developer' }],
  });
});
after(() => latchkey.close());

/** A program of a person, and whether anything that came of it works. */
async function startProgram(userName: string, clientName: string) {
  const client = await register(latchkey, { clientName });
  const { accessToken, refreshToken } = await signIn(latchkey, { userName, client });
  const path = `/federation/credentials?account_id=${ACCOUNT}&role_name=Developer`;
  const { members } = await portal(latchkey, path, accessToken);
  const caller = new Caller(latchkey, Object(members['roleCredentials']));
  return async () => ({
    portal: (await portal(latchkey, '/assignment/accounts', accessToken)).status === 200,
    refresh: (await refresh(latchkey, client, refreshToken)).status === 200,
    sts: (await caller.deliver(await caller.sign())).status === 200,
  });
}

const all = { portal: true, refresh: true, sts: true };
const none = { portal: false, refresh: false, sts: false };

/** The fields of the form that ends what its button names. */
function formToEnd(page: string, label: string): Record<string, string> {
  const form = page.split('<form').find((each) => each.includes(label)) ?? assert.fail(`no "${label}"`);
  const [, token = ''] = /name="form_token" value="([^"]+)"/.exec(form) ?? [];
  const [, end = ''] = /name="end" value="([^"]+)"/.exec(form) ?? [];
  return { form_token: token, end };
}

test('the page lists the browsers and programs of the person alone, with what, from where and since when', async () => {
  await startProgram('bob', 'of bob');
  await startProgram('alice', 'aws-cli <b>laptop</b>');
  const browser = new PlainBrowser(latchkey);
  const form = await browser.get('/sign-in?to=%2Fme', { 'user-agent': FIREFOX });
  const fields = { ...form.hidden, user_name: 'alice', password: PASSWORD };
  const done = await browser.post('/sign-in', fields, { 'user-agent': FIREFOX });
  assert.equal(done.location, '/me');
  const { status, text } = await browser.get('/me');
  assert.equal(status, 200);
  assert.match(text, /<strong><bdi>Firefox on Linux<\/bdi><\/strong>[\s\S]*?This browser\.<\/small>/);
  assert.match(text, /aws-cli &lt;b&gt;laptop&lt;\/b&gt;/);
  assert.match(text, /Last used <time datetime="[^"]+">just now<\/time>, from <bdi>127\.0\.0\.1<\/bdi>\./);
  assert.doesNotMatch(text, /of bob/);
  assert.match(text, /You allowed <bdi>aws-cli/);
  assert.doesNotMatch(text, /<script/);
  assert.match((await browser.get('/')).text, /<a href="\/me">Your browsers and programs<\/a>/);
});

test('a program that a person ends opens nothing from then on, and others go on', async () => {
  const [one, other] = [await startProgram('carol', 'one'), await startProgram('carol', 'other')];
  const browser = await signedInAs(latchkey, 'carol');
  assert.deepEqual(await one(), all);
  const { text } = await browser.get('/me');
  const answer = await browser.post('/me', formToEnd(text, 'End one'));
  assert.deepEqual([answer.status, answer.location], [303, '/me']);
  assert.deepEqual([await one(), await other()], [none, all]);
  const after = await browser.get('/me');
  assert.doesNotMatch(after.text, /aria-label="End one"/);
  assert.match(after.text, /<bdi>one<\/bdi> was ended/);
});

test('a browser that a person ends is signed out', async () => {
  const [here, there] = [await signedInAs(latchkey, 'dave'), await signedInAs(latchkey, 'dave')];
  const { text } = await here.get('/me');
  await here.post('/me', formToEnd(text, 'End latchkey/testing'));
  assert.equal((await there.get('/me')).location, '/sign-in?to=%2Fme');
  assert.equal((await here.get('/me')).status, 200);
});

test('signing out everywhere ends every browser and program, this browser included', async () => {
  const works = await startProgram('dave', 'everywhere');
  const [here, there] = [await signedInAs(latchkey, 'dave'), await signedInAs(latchkey, 'dave')];
  const { text } = await here.get('/me');
  const answer = await here.post('/me', formToEnd(text, 'value="all"'));
  assert.equal(answer.location, '/sign-out');
  assert.deepEqual(await works(), none);
  for (const browser of [here, there])
    assert.match(String((await browser.get('/me')).location), /^\/sign-in/);
});

test('whoever signed in more than 15 minutes ago signs in again before anything ends, and comes back', async () => {
  const works = await startProgram('erin', 'long ago');
  const browser = await signedInAs(latchkey, 'erin');
  latchkey.clock.advance({ minutes: 15 });
  assert.doesNotMatch((await browser.get('/me')).text, /sign in again first/);
  latchkey.clock.advance({ seconds: 1 });
  const page = await browser.get('/me');
  assert.match(page.text, /You signed in more than 15\u00a0minutes ago/);
  const ends = [formToEnd(page.text, 'End long ago'), formToEnd(page.text, 'value="all"')];
  for (const fields of ends) {
    const refused = await browser.post('/me', fields);
    assert.equal(refused.location, '/sign-in?to=%2Fme&user_name=erin');
    assert.deepEqual(await works(), all);
  }
  const form = await browser.get('/sign-in?to=%2Fme&user_name=erin');
  assert.doesNotMatch(form.text, /Go on as/);
  const back = await browser.post('/sign-in', { ...form.hidden, user_name: 'erin', password: PASSWORD });
  assert.equal(back.location, '/me');
  const again = await browser.get('/me');
  assert.equal((await browser.post('/me', formToEnd(again.text, 'End long ago'))).location, '/me');
  assert.deepEqual(await works(), none);
});

test('a session of somebody else is not ended, whatever the form says', async () => {
  const works = await startProgram('alice', 'not yours');
  const alice = await signedInAs(latchkey, 'alice');
  const bob = await signedInAs(latchkey, 'bob');
  const { end = '', form_token: ofAlice = '' } = formToEnd((await alice.get('/me')).text, 'End not yours');
  const { form_token: ofBob = '' } = formToEnd((await bob.get('/me')).text, 'value="all"');
  for (const fields of [
    { end, form_token: ofAlice },
    { end, form_token: ofBob },
    { end, form_token: '' },
    { end: 'program-1', form_token: ofBob },
  ]) {
    const answer = await bob.post('/me', fields);
    assert.equal(answer.status, 403);
    assert.match(answer.text, /nothing was ended/);
  }
  assert.deepEqual(await works(), all);
  const other = await alice.post('/me', { end, form_token: ofAlice }, { 'sec-fetch-site': 'cross-site' });
  assert.equal(other.status, 403);
  assert.deepEqual(await works(), all);
  const kept = formToEnd((await alice.get('/me')).text, 'End not yours');
  await alice.post('/me', kept);
  const twice = await alice.post('/me', kept);
  assert.equal(twice.status, 409);
  assert.match(twice.text, /has ended already/);
});

test('many programs are listed a page at a time', async () => {
  const browser = await signedInAs(latchkey, 'bob');
  const client = await register(latchkey, { clientName: 'one of many' });
  for (let index = 0; index < 60; index += 1) {
    latchkey.clock.advance({ minutes: 1 });
    await signIn(latchkey, { userName: 'bob', client });
  }
  const first = await browser.get('/me');
  const count = (text: string) => [...text.matchAll(/aria-label="End one of many"/g)].length;
  assert.equal(count(first.text), 50);
  const [, older = ''] = /<a href="(\/me\?program=\d+)">Older ones<\/a>/.exec(first.text) ?? [];
  const second = await browser.get(older);
  assert.equal(count(second.text), 10);
  assert.match(second.text, /<a href="\/me">Newest ones<\/a>/);
});
