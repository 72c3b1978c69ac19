import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type CommandedLatchkey, startWithCommands } from '../../fixtures/start-with-commands.ts';
import { portal, refresh, register, signIn } from '../../http/testing/api.ts';
import { hashPassword } from '../../people/password.ts';
import { addApp, typePassword } from '../testing/factors.ts';
import { type PageView, PlainBrowser } from '../testing/plain-browser.ts';

const PATH = '/me/security/password';
const BEFORE = 'correct horse battery';
const AFTER = 'vertical lamp orchard';
let latchkey: CommandedLatchkey;
let aliceId: string;

beforeEach(async () => {
  latchkey = await startWithCommands({ users: [{ userName: 'filed', password: BEFORE }] });
  aliceId = await latchkey.addPerson('alice', { password: BEFORE });
});
afterEach(() => latchkey.close());

async function signedIn(userName = 'alice', password = BEFORE): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  assert.equal((await typePassword(browser, { userName, password })).location, '/');
  return browser;
}

async function change(
  browser: PlainBrowser,
  fields: { readonly current?: string; readonly password?: string; readonly repeated?: string } = {},
): Promise<PageView> {
  const { hidden } = await browser.get(PATH);
  const { current = BEFORE, password = AFTER, repeated = password } = fields;
  return browser.post(PATH, {
    ...hidden,
    ...{ current_password: current, new_password: password, repeated_password: repeated },
  });
}

async function passwordWorks(password: string): Promise<boolean> {
  const answer = await typePassword(new PlainBrowser(latchkey), { userName: 'alice', password });
  return answer.status === 303;
}

test('the address by which password managers find the page leads to it (W3C change-password-url)', async () => {
  const { status, location } = await new PlainBrowser(latchkey).get('/.well-known/change-password');
  assert.deepEqual([status, location], [303, PATH]);
  const missing = '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200';
  assert.equal((await new PlainBrowser(latchkey).get(missing)).status, 404);
});

test('a person changes the password with the one before, which then works no more', async () => {
  const browser = await signedIn();
  const done = await change(browser);
  assert.deepEqual([done.status, done.location], [303, '/me/security?changed=password']);
  assert.match((await browser.get('/me/security?changed=password')).text, /Your password has been changed/);
  assert.deepEqual([await passwordWorks(BEFORE), await passwordWorks(AFTER)], [false, true]);
  const [hash = ''] = await latchkey.commands.findPasswordHashes([aliceId]);
  assert.match(hash ?? '', /^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
});

test('a changed password ends other browsers and all programs, and not the browser that changed it', async () => {
  const [browser, other] = [await signedIn(), await signedIn()];
  const client = await register(latchkey);
  const tokens = await signIn(latchkey, { userName: 'alice', client });
  const before = browser.cookie;
  latchkey.clock.advance({ minutes: 10 });
  await change(browser);
  assert.equal((await browser.get('/me')).status, 200);
  assert.match((await other.get('/me')).location ?? '', /^\/sign-in/);
  assert.equal((await refresh(latchkey, client, tokens.refreshToken)).status, 400);
  assert.equal((await portal(latchkey, '/assignment/accounts', tokens.accessToken)).status, 401);
  assert.notEqual(browser.cookie, before);
  const stolen = new PlainBrowser(latchkey);
  for (const cookie of before.split('; ')) stolen.setCookie(cookie);
  assert.match((await stolen.get('/me')).location ?? '', /^\/sign-in/, 'the session of before has ended');
  latchkey.clock.advance({ minutes: 5, seconds: 1 });
  const asked = await browser.get(PATH);
  assert.match(asked.location ?? '', /^\/sign-in/, 'a changed password is no newer sign-in');
});

for (const [what, fields, status, said] of [
  ['with a wrong one of before', { current: 'wrong horse battery' }, 403, /current password is wrong/],
  ['that is typed differently', { repeated: 'vertical lamp orchards' }, 400, /not the same/],
  ['that is too short', { password: 'vertical lamp' }, 400, /at least 15 characters/],
  ['that has the name of the person', { password: 'alice-alice-2026' }, 400, /easy to guess/],
] as const) {
  test(`a change of the password ${what} is refused, and nothing is changed`, async () => {
    const browser = await signedIn();
    const refused = await change(browser, fields);
    assert.equal(refused.status, status);
    assert.match(refused.text, said);
    assert.doesNotMatch(refused.text, /horse|vertical/, 'no password is shown');
    assert.equal(await passwordWorks(BEFORE), true);
  });
}

test('the password of before is guessed no more often than at the sign-in', async () => {
  const browser = await signedIn();
  const tries: number[] = [];
  for (let count = 0; count < 25; count += 1) tries.push((await change(browser, { current: 'no' })).status);
  // Ten of the browser's device cookie, ten of the person.
  assert.deepEqual([tries.indexOf(429), tries.lastIndexOf(403)], [20, 19]);
  assert.equal((await change(browser)).status, 429);
});

test('a change of the password asks for a recent sign-in, with the second factor where there is one', async () => {
  const browser = await signedIn();
  await addApp(latchkey, browser);
  assert.match((await browser.get(PATH)).location ?? '', /^\/sign-in/);
  const strong = new PlainBrowser(latchkey);
  strong.setCookie((await latchkey.signIn('alice', { factors: ['password', 'totp'] })).cookie);
  assert.equal((await change(strong)).status, 303);
  latchkey.clock.advance({ minutes: 16 });
  assert.match((await strong.get(PATH)).location ?? '', /^\/sign-in/);
});

test('a form that another browser got changes no password', async () => {
  const { hidden } = await (await signedIn()).get(PATH);
  const fields = { current_password: BEFORE, new_password: AFTER, repeated_password: AFTER };
  const browser = await signedIn();
  assert.equal((await browser.post(PATH, { ...hidden, ...fields })).status, 403);
  assert.equal(await passwordWorks(BEFORE), true);
});

test('a person whose password is in the configuration file is told so, and cannot change it', async () => {
  const browser = await signedIn('filed');
  for (const path of ['/me/security', PATH]) {
    const { text } = await browser.get(path);
    assert.match(text, /Your password is in the configuration of this service/);
    assert.doesNotMatch(text, /name="new_password"|href="\/me\/security\/password"/);
  }
  const refused = await change(browser);
  assert.equal(refused.status, 403, 'there is no form, and so no token of one');
});

test('a person without a password sets one, after a sign-in that is good for a change', async () => {
  await latchkey.addPerson('carol');
  const browser = new PlainBrowser(latchkey);
  browser.setCookie((await latchkey.signIn('carol', { factors: ['verifiedPasskey'] })).cookie);
  assert.match((await browser.get('/me/security')).text, /Set a password/);
  assert.doesNotMatch((await browser.get(PATH)).text, /current_password/);
  assert.equal((await change(browser)).status, 303);
  assert.equal(
    (await typePassword(new PlainBrowser(latchkey), { userName: 'carol', password: AFTER })).location,
    '/',
  );
});

test('of two changes of the password at once, one is made', async () => {
  const browser = await signedIn();
  const { hidden } = await browser.get(PATH);
  const passwords = ['vertical lamp orchard', 'another lamp orchard'];
  const answers = await Promise.all(
    passwords.map((password) =>
      browser.post(PATH, {
        ...hidden,
        ...{ current_password: BEFORE, new_password: password, repeated_password: password },
      }),
    ),
  );
  const made = answers.map(({ location }) => location === '/me/security?changed=password');
  assert.deepEqual([...made].sort(), [false, true]);
  for (const [index, password] of passwords.entries()) {
    assert.equal(await passwordWorks(password), made[index]);
  }
});

test('a change that an administrator makes meanwhile stays', async () => {
  const browser = await signedIn();
  const hash = await hashPassword('one that was given');
  await Promise.all([change(browser), latchkey.change({ kind: 'setPassword', userId: aliceId, hash })]);
  assert.equal(await passwordWorks('one that was given'), true);
});
