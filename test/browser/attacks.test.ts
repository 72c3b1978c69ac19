import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser } from 'playwright-core';
import {
  type Client,
  pollForToken,
  registerClient,
  startDeviceAuthorization,
} from '../../packages/server/src/web/testing/client.ts';
import { follow, launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
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

/** Another site, on another host, that a signed-in person visits. */
async function startEvilSite(html: string): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) =>
    response.setHeader('content-type', 'text/html').end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test('another site cannot show the device page in a frame (clickjacking)', options, async () => {
  const { verificationUriComplete } = await startDeviceAuthorization(latchkey, client);
  await using evil = await startEvilSite(`<iframe src="${verificationUriComplete}"></iframe>`);
  const context = await browser.newContext();
  await signIn(latchkey, context, 'alice');
  const page = await context.newPage();
  const refusal = page.waitForEvent('console', (message) => /frame/.test(message.text()));
  await page.goto(evil.url);
  assert.match((await refusal).text(), /frame-ancestors 'none'/);
  assert.equal(await page.frameLocator('iframe').getByRole('button', { name: 'Allow' }).count(), 0);
});

test('another site cannot answer for a signed-in person (CSRF)', options, async () => {
  const { userCode, deviceCode } = await startDeviceAuthorization(latchkey, client);
  await using evil = await startEvilSite(`<form method="post" action="${latchkey.url}/device">
<input name="user_code" value="${userCode}"><input name="confirmation" value="${userCode.slice(-4)}"><input name="decision" value="allow"><button>Win a prize</button></form>`);
  const context = await browser.newContext();
  await signIn(latchkey, context, 'alice');
  const page = await context.newPage();
  await page.goto(evil.url);
  await follow(page, page.getByRole('button'));
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
});

test('a name made of markup runs no script, and would not even unescaped', options, async () => {
  const hostile = await registerClient(latchkey, { clientName: '<img src=x onerror="globalThis.ran=1">' });
  const { verificationUriComplete } = await startDeviceAuthorization(latchkey, hostile);
  const context = await browser.newContext();
  await signIn(latchkey, context, 'alice');
  const page = await context.newPage();
  await page.goto(verificationUriComplete);
  assert.equal(await page.getByText('<img src=x').isVisible(), true);
  const violation = page.waitForEvent('console', (message) =>
    message.text().includes('Content Security Policy'),
  );
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="globalThis.ran=1">')`,
  );
  await violation;
  assert.equal(await page.evaluate('globalThis.ran'), undefined);
});

test('none of the cookies that signing in sets can be read by script', options, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/sign-in`);
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill(PASSWORD);
  await follow(page, page.getByRole('button', { name: 'Sign in' }));
  const cookies = await context.cookies();
  assert.deepEqual(cookies.map(({ name }) => name.split('_', 2).join('_')).toSorted(), [
    'latchkey_device',
    'latchkey_form',
    'latchkey_session',
  ]);
  for (const { httpOnly, sameSite, path } of cookies) {
    assert.deepEqual({ httpOnly, sameSite, path }, { httpOnly: true, sameSite: 'Lax', path: '/' });
  }
  assert.equal(await page.evaluate('document.cookie'), '');
});
