import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, Page } from 'playwright-core';
import {
  authorizePath,
  type Client,
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from '../../packages/server/src/web/testing/client.ts';
import { follow, launchBrowser, signInOnPage, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { startCallback } from './callback.ts';
import { PASSWORD, signIn, startInstance } from './instance.ts';

const options = { skip: skipWithoutBrowser };

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

async function openWindow(user?: string): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  if (user !== undefined) await signIn(latchkey, context, user);
  return context.newPage();
}

async function headingOf(page: Page): Promise<string> {
  return (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
}

test('a double click on Allow leads to the program with a code', options, async () => {
  await using callback = await startCallback('127.0.0.1');
  const page = await openWindow('alice');
  await page.goto(latchkey.url + authorizePath(client, { redirect_uri: callback.redirectUri }));
  await Promise.all([
    page.waitForURL(`${callback.redirectUri}?**`),
    page.getByRole('button', { name: 'Allow' }).dblclick(),
  ]);
  assert.match(new URL(page.url()).searchParams.get('code') ?? '', /./);
});

test(
  'pressing Allow in a second tab, while the code waits, leads to the program with the same code',
  options,
  async () => {
    await using callback = await startCallback('127.0.0.1');
    const path = authorizePath(client, { redirect_uri: callback.redirectUri });
    const first = await openWindow('alice');
    const second = await first.context().newPage();
    const codes = [];
    for (const page of [first, second]) await page.goto(latchkey.url + path);
    for (const page of [first, second]) {
      await Promise.all([
        page.waitForURL(`${callback.redirectUri}?**`),
        page.getByRole('button', { name: 'Allow' }).click(),
      ]);
      codes.push(new URL(page.url()).searchParams.get('code'));
    }
    assert.match(codes[0] ?? '', /./);
    assert.equal(codes[1], codes[0]);
  },
);

test('a double click on Allow signs the device in', options, async () => {
  const { verificationUriComplete, deviceCode, userCode } = await startDeviceAuthorization(latchkey, client);
  const page = await openWindow('alice');
  await page.goto(verificationUriComplete);
  await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
  await page.getByRole('button', { name: 'Allow' }).dblclick();
  await page.getByText('You can close this window').waitFor();
  assert.match(await headingOf(page), /^Allowed$|^You allowed this at \d\d:\d\d\u00a0UTC$/);
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
});

test(
  'going back to a device request, and opening its link again, says when it was answered',
  options,
  async () => {
    const { verificationUriComplete } = await startDeviceAuthorization(latchkey, client);
    const page = await openWindow('alice');
    await page.goto(verificationUriComplete);
    await follow(page, page.getByRole('button', { name: 'Deny' }));
    assert.equal(await headingOf(page), 'Denied');
    await page.goBack();
    assert.match(await headingOf(page), /^You denied this at \d\d:\d\d\u00a0UTC$/);
    await page.reload();
    assert.match(await headingOf(page), /^You denied this at \d\d:\d\d\u00a0UTC$/);
    const tab = await page.context().newPage();
    await tab.goto(verificationUriComplete);
    assert.match(await headingOf(tab), /^You denied this at \d\d:\d\d\u00a0UTC$/);
  },
);

test(
  'going back from the program says when it was allowed, and the question can be asked once more',
  options,
  async () => {
    await using callback = await startCallback('127.0.0.1');
    const page = await openWindow('alice');
    const codes = [];
    await page.goto(latchkey.url + authorizePath(client, { redirect_uri: callback.redirectUri }));
    for (let times = 0; times < 2; times += 1) {
      await Promise.all([
        page.waitForURL(`${callback.redirectUri}?**`),
        page.getByRole('button', { name: 'Allow' }).click(),
      ]);
      codes.push(new URL(page.url()).searchParams.get('code'));
      await page.goBack();
      assert.match(await headingOf(page), /^You allowed this at \d\d:\d\d\u00a0UTC$/);
      await follow(page, page.getByRole('link', { name: 'answer once more' }));
      assert.equal(await headingOf(page), 'Allow this sign-in?');
    }
    assert.equal(new Set(codes).size, 2);
  },
);

test('each of several tabs goes on to its own page, whichever signs in first', options, async () => {
  const { verificationUriComplete, userCode } = await startDeviceAuthorization(latchkey, client);
  const first = await openWindow();
  const tab = await first.context().newPage();
  await first.goto(verificationUriComplete);
  await tab.goto(`${latchkey.url}/start`);
  await signInOnPage(tab, PASSWORD);
  assert.equal(await headingOf(tab), 'Your accounts');
  await signInOnPage(first, PASSWORD);
  assert.equal(await headingOf(first), 'Allow this sign-in?');
  assert.equal(await first.getByText(`${userCode.slice(0, 4)}-····`, { exact: true }).isVisible(), true);
});
