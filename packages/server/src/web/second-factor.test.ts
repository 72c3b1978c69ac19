import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { type App, addApp, makeCodes, typePassword } from './testing/factors.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

const alice = { userName: 'alice', password: 'correct horse' };

async function start(): Promise<Latchkey> {
  return startLatchkey({
    clock: 'still',
    users: [
      { ...alice, displayName: 'Alice' },
      { userName: 'bob', password: 'battery staple' },
    ],
    settings: { limits: { passwordFailuresPerAddress: 100 } },
  });
}

/** Somebody who has typed Alice's password. */
async function afterPassword(latchkey: Latchkey): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  const { status, location } = await typePassword(browser, alice);
  assert.deepEqual([status, location], [303, '/sign-in/factor?to=%2F']);
  return browser;
}

async function typeCode(browser: PlainBrowser, fields: Readonly<Record<string, string>>) {
  const { hidden } = await browser.get('/sign-in/factor?to=%2Fdevice');
  return browser.post('/sign-in/factor', { ...hidden, ...fields });
}

describe('a sign-in with an authenticator app', () => {
  test('asks for the code after the password, and leads to where the person was going', async () => {
    await using latchkey = await start();
    const app = await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const browser = await afterPassword(latchkey);
    assert.equal((await browser.get('/')).location, '/sign-in?to=%2F', 'the password alone signs nobody in');
    const page = await browser.get('/sign-in/factor?to=%2Fdevice');
    assert.match(page.text, /<input [^>]*name="code"[^>]*inputmode="numeric" autocomplete="one-time-code"/);
    const done = await typeCode(browser, { code: app.code() });
    assert.deepEqual([done.status, done.location], [303, '/device']);
    assert.match((await browser.get('/')).text, /Alice/);
    assert.doesNotMatch(browser.cookie, /pending/);
  });

  test('takes each code once, in whatever browser, and each of several apps', async () => {
    await using latchkey = await start();
    const owner = await signedInAs(latchkey, 'alice');
    const apps: App[] = [await addApp(latchkey, owner)];
    apps.push(await addApp(latchkey, await signedInByApp(latchkey), 'Tablet'));
    for (const app of apps) {
      const code = app.code();
      assert.equal((await typeCode(await afterPassword(latchkey), { code })).status, 303);
      const again = await typeCode(await afterPassword(latchkey), { code });
      assert.equal(again.status, 403);
      assert.match(again.text, /wrong, or was used before/);
      const before = await typeCode(await afterPassword(latchkey), { code: app.code(-30) });
      assert.equal(before.status, 403, 'nor one from before it');
    }
  });

  test('does not take the code that confirmed the app', async () => {
    await using latchkey = await start();
    const app = await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const confirming = app.code(-120);
    latchkey.clock.advance({ minutes: -2 });
    assert.equal((await typeCode(await afterPassword(latchkey), { code: confirming })).status, 403);
  });

  test('takes the code of the step before and after the present one, and of no other (RFC 6238 section 5.2)', async () => {
    await using latchkey = await start();
    const app = await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    for (const [seconds, status] of [
      [-60, 403],
      [60, 403],
      [-30, 303],
      [30, 303],
    ] as const) {
      const code = app.code(seconds);
      assert.equal((await typeCode(await afterPassword(latchkey), { code })).status, status, `${seconds} s`);
    }
  });

  test('refuses further codes after 5 wrong ones, and after 20 in a day, whatever browser and address', async () => {
    await using latchkey = await start();
    const app = await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const wrong = async () => (await typeCode(await afterPassword(latchkey), { code: 'nonsense' })).status;
    for (let tries = 0; tries < 5; tries += 1) assert.equal(await wrong(), 403);
    const limited = await typeCode(await afterPassword(latchkey), { code: app.code() });
    assert.equal(limited.status, 429);
    assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/);
    for (let day = 0; day < 3; day += 1) {
      latchkey.clock.advance({ minutes: 15 });
      for (let tries = 0; tries < 5; tries += 1) assert.equal(await wrong(), 403);
    }
    latchkey.clock.advance({ minutes: 15 });
    assert.equal(await wrong(), 429, 'the day is full');
    latchkey.clock.advance({ hours: 24 });
    assert.equal((await typeCode(await afterPassword(latchkey), { code: app.code() })).status, 303);
  });

  test('goes by a recovery code while codes are refused', async () => {
    await using latchkey = await start();
    const owner = await signedInAs(latchkey, 'alice');
    await addApp(latchkey, owner);
    await typeCode(await afterPassword(latchkey), { code: '1' });
    const fresh = await afterPassword(latchkey);
    for (let tries = 0; tries < 5; tries += 1) await typeCode(fresh, { code: 'nonsense' });
    const codes = await makeCodesSignedIn(latchkey);
    const [code = ''] = codes;
    assert.equal((await typeCode(await afterPassword(latchkey), { recovery_code: code })).status, 303);
  });
});

/** A browser in which Alice has just signed in with an app. */
async function signedInByApp(latchkey: Latchkey): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  const { cookie } = await latchkey.signIn('alice', { factors: ['password', 'totp'] });
  browser.setCookie(cookie);
  return browser;
}

/** Makes recovery codes for Alice. */
async function makeCodesSignedIn(latchkey: Latchkey): Promise<readonly string[]> {
  const codes = await makeCodes(await signedInByApp(latchkey));
  assert.equal(codes.length, 10);
  return codes;
}

describe('a recovery code', () => {
  test('signs in once, in any case and with or without hyphens', async () => {
    await using latchkey = await start();
    await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const [one = '', two = ''] = await makeCodesSignedIn(latchkey);
    const use = async (code: string) =>
      (await typeCode(await afterPassword(latchkey), { recovery_code: code })).status;
    assert.equal(await use(one), 303);
    assert.equal(await use(one), 403);
    assert.equal(await use(two.toUpperCase().replaceAll('-', ' ')), 303);
    const overview = new PlainBrowser(latchkey);
    overview.setCookie((await latchkey.signIn('alice')).cookie);
    assert.match((await overview.get('/me/security')).text, /8 of 10 are left/);
  });

  test('of another person, or from before new ones were made, signs nobody in', async () => {
    await using latchkey = await start();
    await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    await addApp(latchkey, await signedInAs(latchkey, 'bob'));
    const [before = ''] = await makeCodesSignedIn(latchkey);
    const [after = ''] = await makeCodesSignedIn(latchkey);
    const bob = new PlainBrowser(latchkey);
    await typePassword(bob, { userName: 'bob', password: 'battery staple' });
    assert.equal((await typeCode(bob, { recovery_code: after })).status, 403);
    assert.equal((await typeCode(await afterPassword(latchkey), { recovery_code: before })).status, 403);
    assert.equal((await typeCode(await afterPassword(latchkey), { recovery_code: after })).status, 303);
  });
});

describe('what is between password and second factor', () => {
  test('ends after ten minutes, and in another browser is nothing', async () => {
    await using latchkey = await start();
    const app = await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const browser = await afterPassword(latchkey);
    const { hidden } = await browser.get('/sign-in/factor?to=%2F');
    const other = await new PlainBrowser(latchkey).post('/sign-in/factor', { ...hidden, code: app.code() });
    assert.equal(other.location, '/sign-in?to=%2F');
    const mixed = await (await afterPassword(latchkey)).post('/sign-in/factor', {
      ...hidden,
      code: app.code(),
    });
    assert.equal(mixed.status, 403, 'a form of another sign-in');
    const kept = browser.cookie.split('; ').find((cookie) => cookie.includes('pending')) ?? '';
    latchkey.clock.advance({ minutes: 10 });
    const late = await browser.post('/sign-in/factor', { ...hidden, code: app.code() }, { cookie: kept });
    assert.equal(late.location, '/sign-in?to=%2F', 'also where the browser keeps the cookie for longer');
  });

  test('is no session, nor is a session one', async () => {
    await using latchkey = await start();
    await addApp(latchkey, await signedInAs(latchkey, 'alice'));
    const browser = await afterPassword(latchkey);
    const [, value = ''] = /latchkey_pending[^=]*=([^;]+)/.exec(browser.cookie) ?? [];
    assert.match(value, /^lk_ps_/);
    const forged = new PlainBrowser(latchkey);
    forged.setCookie(
      `${browser.cookie.replace(/.*latchkey_pending([^=]*)=.*/, 'latchkey_session$1')}=${value}`,
    );
    assert.equal((await forged.get('/')).location, '/sign-in?to=%2F');
    const signedIn = await signedInAs(latchkey, 'alice');
    const asPending = new PlainBrowser(latchkey);
    asPending.setCookie(signedIn.cookie.replace('latchkey_session', 'latchkey_pending'));
    assert.equal((await asPending.get('/sign-in/factor')).location, '/sign-in?to=%2F');
  });
});
