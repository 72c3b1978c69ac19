import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Latchkey, LatchkeyOptions } from 'latchkey/testing';
import type { Browser, Page } from 'playwright-core';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import {
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from '../../packages/server/src/web/testing/client.ts';
import { follow, launchBrowser, signInOnPage, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { PASSWORD } from './instance.ts';
import { VirtualAuthenticator } from './virtual-authenticator.ts';

let browser: Browser;

before(async () => {
  if (skipWithoutBrowser === false) browser = await launchBrowser();
});
after(() => browser?.close());

/** A window with an authenticator, at an instance with a policy. */
async function openWindow(
  policy: NonNullable<NonNullable<LatchkeyOptions['settings']>['policy']>,
): Promise<{ readonly page: Page; readonly latchkey: Latchkey } & AsyncDisposable> {
  const stack = new AsyncDisposableStack();
  const latchkey = stack.use(
    await startLatchkey({
      users: [{ userName: 'alice', displayName: 'Alice', password: PASSWORD }],
      groups: [{ name: 'Admins', members: ['alice'] }],
      permissionSets: [{ name: 'Admin' }],
      settings: { policy, trustedProxies: ['127.0.0.1', '::1'] },
    }),
  );
  const context = await browser.newContext();
  stack.defer(() => context.close());
  await context.addInitScript('PublicKeyCredential.isConditionalMediationAvailable = async () => false');
  const page = await context.newPage();
  await VirtualAuthenticator.plugIn(page, {});
  return { page, latchkey, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

describe('a policy, in a browser', { skip: skipWithoutBrowser }, () => {
  test('a person who lacks the passkey that is required sets one up, and goes on to allow the device', async () => {
    await using window = await openWindow([{ groups: ['Admins'], factors: 'passkey' }]);
    const { page, latchkey } = window;
    const client = await registerClient(latchkey);
    const { verificationUriComplete, deviceCode, userCode } = await startDeviceAuthorization(
      latchkey,
      client,
    );
    await page.goto(verificationUriComplete);
    await signInOnPage(page, PASSWORD);
    await page.getByRole('heading', { name: 'Set up a passkey first' }).waitFor();
    await follow(page, page.getByRole('link', { name: 'Set up a passkey' }));
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
    await follow(page, page.getByRole('button', { name: 'Allow' }));
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  });

  test('a device is allowed after signing in again with the passkey that is required', async () => {
    await using window = await openWindow([{ factors: 'passkey', recentSignInSeconds: 300 }]);
    const { page, latchkey } = window;
    await page.goto(`${latchkey.url}/`);
    await signInOnPage(page, PASSWORD);
    await follow(page, page.getByRole('link', { name: 'Set up a passkey' }));
    await page.getByRole('button', { name: 'Create the passkey' }).click();
    await page.getByRole('heading', { name: 'Your accounts' }).waitFor();
    latchkey.clock.advance({ minutes: 6 });
    const client = await registerClient(latchkey);
    const { verificationUriComplete, deviceCode, userCode } = await startDeviceAuthorization(
      latchkey,
      client,
    );
    await page.goto(verificationUriComplete);
    await page.getByText('Before you can allow this device:').waitFor();
    await follow(page, page.getByRole('button', { name: 'Sign in again' }));
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByLabel('last 4 letters').fill(userCode.slice(-4));
    await follow(page, page.getByRole('button', { name: 'Allow' }));
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  });

  test('in a network that the policy does not name, the browser shows why, and signs nobody in', async () => {
    await using window = await openWindow([{ networks: ['192.0.2.0/24'] }]);
    const { page, latchkey } = window;
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.9' });
    await page.goto(`${latchkey.url}/`);
    await signInOnPage(page, PASSWORD);
    await page.getByRole('heading', { name: 'Not from this network' }).waitFor();
    await page.getByText('comes from 203.0.113.9').waitFor();
    await page.setExtraHTTPHeaders({ 'x-forwarded-for': '192.0.2.20' });
    await page.goto(`${latchkey.url}/`);
    await signInOnPage(page, PASSWORD);
    await page.getByRole('heading', { name: 'Your accounts' }).waitFor();
  });
});
