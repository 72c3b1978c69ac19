import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { cookieName } from './cookies.ts';
import { PlainBrowser } from './testing/plain-browser.ts';

const password = 'correct horse';
const names = ['alice', 'bob', ...Array.from({ length: 10 }, (_, index) => `user${index}`)];

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey({
    users: names.map((userName) => ({ userName, password })),
    settings: { limits: { passwordFailuresPerUser: 1, passwordFailuresPerAddress: 1_000 } },
  });
});
after(() => latchkey.close());

async function send(browser: PlainBrowser, userName: string, typed = password) {
  const { hidden } = await browser.get('/sign-in');
  return browser.post('/sign-in', { ...hidden, user_name: userName, password: typed });
}

async function signOut(browser: PlainBrowser): Promise<void> {
  await browser.post('/sign-out', (await browser.get('/')).hidden);
}

/** A stranger's wrong passwords for a user, until no more are looked at. */
async function lockOut(userName: string): Promise<void> {
  const stranger = new PlainBrowser(latchkey);
  while ((await send(stranger, userName, 'guess')).status === 403);
  assert.equal((await send(stranger, userName)).status, 429);
}

function deviceCookies(browser: PlainBrowser): readonly string[] {
  return browser.cookie.split('; ').filter((cookie) => cookie.startsWith('latchkey_device_'));
}

test('whoever signed out signs in again in the same browser while a stranger guesses; other browsers wait', async () => {
  const browser = new PlainBrowser(latchkey);
  await send(browser, 'alice');
  await signOut(browser);
  await lockOut('alice');
  assert.equal((await send(browser, 'alice')).status, 303);
  await lockOut('alice');
  latchkey.clock.advance({ minutes: 15 });
});

test('a device cookie is set by signing in alone, is out of reach of scripts and other sites, and lasts 90 days', async () => {
  const browser = new PlainBrowser(latchkey);
  assert.equal((await send(browser, 'bob', 'wrong')).headers.getSetCookie().length, 1, 'of the form');
  latchkey.clock.advance({ minutes: 15 });
  const { headers } = await send(browser, 'alice');
  const [, cookie = ''] = headers.getSetCookie();
  const attributes = 'Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax';
  assert.match(cookie, new RegExp(`^latchkey_device_ssoins-[\\w-]+=lk_kb_[\\w-]+; ${attributes}$`));
});

test('each sign-in of a person renews the device cookie in its place', async () => {
  const browser = new PlainBrowser(latchkey);
  await send(browser, 'alice');
  const [first = ''] = deviceCookies(browser);
  await send(browser, 'alice');
  const [second = '', ...others] = deviceCookies(browser);
  assert.deepEqual(others, []);
  assert.notEqual(second, first);
  assert.equal(second.split('=')[0], first.split('=')[0]);
});

test('people who share a browser each keep their device cookie when another signs in and out', async () => {
  const browser = new PlainBrowser(latchkey);
  for (const userName of ['alice', 'bob']) {
    await send(browser, userName);
    await signOut(browser);
  }
  for (const userName of ['alice', 'bob']) {
    await lockOut(userName);
    assert.equal((await send(browser, userName)).status, 303, userName);
  }
  latchkey.clock.advance({ minutes: 15 });
});

test('a browser keeps the device cookies of the eight people who signed in last', async () => {
  const browser = new PlainBrowser(latchkey);
  const people = names.slice(2, 12);
  for (const userName of [...people, people[0] as string]) {
    await send(browser, userName);
    latchkey.clock.advance({ minutes: 1 });
  }
  assert.equal(deviceCookies(browser).length, 8);
  for (const [index, userName] of people.entries()) {
    await lockOut(userName);
    const isKept = index === 0 || index > 2;
    assert.equal((await send(browser, userName)).status, isKept ? 303 : 429, userName);
  }
  latchkey.clock.advance({ minutes: 15 });
});

test('cookies that are no device cookies are cleared by the next sign-in, and do no harm', async () => {
  const browser = new PlainBrowser(latchkey);
  await send(browser, 'alice');
  const [name = ''] = (deviceCookies(browser)[0] ?? '').split('=');
  for (let index = 0; index < 5; index += 1) browser.setCookie(`${name}${index}=lk_kb_${index}`);
  assert.equal((await send(browser, 'alice')).status, 303);
  assert.equal(deviceCookies(browser).length, 1);
});

test('of a request sixteen device cookies are looked at', async () => {
  const known = new PlainBrowser(latchkey);
  await send(known, 'alice');
  await signOut(known);
  const [cookie = ''] = deviceCookies(known);
  await lockOut('alice');
  const { hidden } = await known.get('/sign-in');
  const sendBehind = (others: number) => {
    const junk = Array.from({ length: others }, (_, index) =>
      cookie.replace(/_[0-9a-f]+=.*/, `_${index}=lk_kb_x`),
    );
    const formCookies = known.cookie.split('; ').filter((each) => each !== cookie);
    const headers = { cookie: [...junk, ...formCookies, cookie].join('; ') };
    return known.post('/sign-in', { ...hidden, user_name: 'alice', password }, headers);
  };
  assert.equal((await sendBehind(16)).status, 429);
  assert.equal((await sendBehind(15)).status, 303);
  latchkey.clock.advance({ minutes: 15 });
});

test('over https the name of a device cookie binds it to this very host', () => {
  const owner = { instanceId: 'ssoins-0123456789abcdef', config: { baseUrl: 'https://sso.example.com' } };
  assert.equal(cookieName(owner, 'device'), '__Host-latchkey_device_ssoins-0123456789abcdef');
});
