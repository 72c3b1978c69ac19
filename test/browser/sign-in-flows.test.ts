import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  authorizePath,
  type Client,
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from '../../packages/server/src/web/testing/client.ts';
import { follow, launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { startCallback } from './callback.ts';
import { PASSWORD, signIn, startInstance } from './instance.ts';

const options = { skip: skipWithoutBrowser };
const hasIpv6Loopback = networkInterfaces()['lo']?.some(({ address }) => address === '::1') ?? true;

let browser: Browser;
let latchkey: Latchkey;
let client: Client;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance();
  client = await registerClient(latchkey);
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

/** A window without script, unless asked for; pages need none. */
async function openWindow(user?: string, contextOptions: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, ...contextOptions });
  if (user !== undefined) await signIn(latchkey, context, user);
  return context.newPage();
}

async function signInOnPage(page: Page): Promise<void> {
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill(PASSWORD);
  await follow(page, page.getByRole('button', { name: 'Sign in' }));
}

test('from the link in a terminal to a signed-in device, without script', options, async () => {
  const { verificationUriComplete, userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  const page = await openWindow();
  await page.goto(verificationUriComplete);
  await signInOnPage(page);
  assert.equal(await page.getByText(`${userCode.slice(0, 4)}-····`, { exact: true }).isVisible(), true);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
  await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
  await follow(page, page.getByRole('button', { name: 'Allow' }));
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Allowed');
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
});

test(
  'somebody else’s wrong passwords lock a person out of other browsers, not of the one in which they signed in before',
  options,
  async () => {
    const known = await openWindow();
    await known.goto(`${latchkey.url}/sign-in`);
    await signInOnPage(known);
    await follow(known, known.getByRole('button', { name: 'Sign out' }));
    const stranger = await openWindow();
    for (let tries = 0; tries < 3; tries += 1) {
      await stranger.goto(`${latchkey.url}/sign-in`);
      await stranger.getByLabel('User name').fill('alice');
      await stranger.getByLabel('Password').fill('a guess');
      await follow(stranger, stranger.getByRole('button', { name: 'Sign in' }));
    }
    await stranger.getByText('There were too many tries').waitFor();
    await signInOnPage(stranger);
    await stranger.getByText('There were too many tries').waitFor();
    await known.goto(`${latchkey.url}/sign-in`);
    await signInOnPage(known);
    await known.getByText('Alice Example').first().waitFor();
    assert.equal(new URL(known.url()).pathname, '/');
    latchkey.clock.advance({ minutes: 15 });
  },
);

test('the same by keyboard alone, typing the code', options, async () => {
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  const page = await openWindow(undefined, { javaScriptEnabled: true });
  const { keyboard } = page;
  const pressAndLoad = async () => {
    await Promise.all([page.waitForEvent('load'), keyboard.press('Enter')]);
  };
  await page.goto(`${latchkey.url}/device`);
  await page.locator('#user_name:focus').waitFor();
  await keyboard.type('bob'); // who is told of no sign-in before
  await keyboard.press('Tab');
  await keyboard.type(PASSWORD);
  await pressAndLoad();
  await page.locator('#user_code:focus').waitFor();
  await keyboard.type(userCode.toLowerCase().replace('-', ''));
  await pressAndLoad();
  await keyboard.press('Enter');
  assert.equal(
    await pollForToken(latchkey, client, deviceCode),
    'authorization_pending',
    'nothing is preselected',
  );
  const stops = [];
  for (let stop = 0; stop < 6; stop += 1) {
    await keyboard.press('Tab');
    stops.push(
      await page.evaluate<string>('document.activeElement.textContent || document.activeElement.name'),
    );
  }
  const expected = ['Latchkey', 'Sign out', 'confirmation', 'Allow', 'Deny', 'Sign in as someone else'];
  assert.deepEqual(stops, expected);
  await keyboard.press('Shift+Tab');
  await pressAndLoad();
  assert.equal(await page.title(), 'Denied · Latchkey');
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'access_denied');
});

test('a wrong password keeps the name, and the keyboard is where it is needed', options, async () => {
  const page = await openWindow();
  await page.goto(`${latchkey.url}/sign-in`);
  await page.locator('#user_name:focus').waitFor();
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill('wrong');
  await follow(page, page.getByRole('button', { name: 'Sign in' }));
  assert.match((await page.getByRole('alert').textContent()) ?? '', /user name or the password is wrong/);
  assert.equal(await page.getByLabel('User name').inputValue(), 'alice');
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  await page.locator('#password:focus').waitFor();
});

test('a wrong code can be corrected on the spot', options, async () => {
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const page = await openWindow('alice');
  await page.goto(`${latchkey.url}/device`);
  await page.getByLabel('Code').fill('BCDF-GHJK');
  await follow(page, page.getByRole('button', { name: 'Continue' }));
  assert.match((await page.getByRole('alert').textContent()) ?? '', /No open request has that code/);
  await page.getByLabel('Code').fill(` ${userCode.replace('-', '–')} `);
  await follow(page, page.getByRole('button', { name: 'Continue' }));
  assert.equal(await page.getByText(`${userCode.slice(0, 4)}-····`, { exact: true }).isVisible(), true);
});

test('a code that expires while the page is open is not allowed any more', options, async () => {
  const { verificationUriComplete, deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const page = await openWindow('alice');
  await page.goto(verificationUriComplete);
  await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
  latchkey.clock.advance({ minutes: 11 });
  await follow(page, page.getByRole('button', { name: 'Allow' }));
  assert.match((await page.getByRole('alert').textContent()) ?? '', /expired/);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'expired_token');
});

for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
  const skip = skipWithoutBrowser || (host === '[::1]' && !hasIpv6Loopback ? 'no IPv6 here' : false);
  test(`allowing a program leads back to it on ${host}, which the content security policy must let through`, {
    skip,
  }, async () => {
    await using callback = await startCallback(host);
    const redirectUri = `http://${host}/oauth/callback`;
    const local = await registerClient(latchkey, { redirectUri });
    const page = await openWindow();
    await page.goto(latchkey.url + authorizePath(local, { redirect_uri: callback.redirectUri }));
    await signInOnPage(page);
    await Promise.all([
      page.waitForURL(`${callback.redirectUri}?**`),
      page.getByRole('button', { name: 'Allow' }).click(),
    ]);
    const received = new URL(page.url()).searchParams;
    assert.match(received.get('code') ?? '', /./);
    assert.equal(received.get('state'), 'state-1');
    assert.deepEqual(callback.referrers, [undefined]);
  });
}

test('denying a program leads back to it with the reason', options, async () => {
  await using callback = await startCallback('127.0.0.1');
  const page = await openWindow('alice');
  await page.goto(latchkey.url + authorizePath(client, { redirect_uri: callback.redirectUri }));
  await Promise.all([
    page.waitForURL(`${callback.redirectUri}?**`),
    page.getByRole('button', { name: 'Deny' }).click(),
  ]);
  assert.equal(new URL(page.url()).searchParams.get('error'), 'access_denied');
});

test('signing out ends the session in every window', options, async () => {
  const page = await openWindow('alice');
  const other = await page.context().newPage();
  await page.goto(latchkey.url);
  await follow(page, page.getByRole('button', { name: 'Sign out' }));
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'You are signed out');
  await other.goto(latchkey.url);
  assert.equal(new URL(other.url()).pathname, '/sign-in');
});
