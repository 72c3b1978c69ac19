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
import { BROWSER_ADDRESS, DEVICE_ADDRESS, PASSWORD, signIn, startInstance } from './instance.ts';

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

async function openWindow({ user, script = false }: { user?: string; script?: boolean }): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: script,
    extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
  });
  if (user !== undefined) await signIn(latchkey, context, user);
  return context.newPage();
}

async function startElsewhere() {
  const device = await startDeviceAuthorization(latchkey, client, { 'x-forwarded-for': DEVICE_ADDRESS });
  return { ...device, ending: device.userCode.slice(-4) };
}

/** Everything that the window shows or holds of a page, the address bar included. */
async function everythingOf(page: Page): Promise<string> {
  return `${page.url()}\n${await page.title()}\n${await page.content()}`.replace(
    /(?<=request=|%3D|value=")[\w.-]{40,}/g,
    '',
  );
}

test(
  'a device in another network is allowed with its letters and the Enter key, without script',
  options,
  async () => {
    const { verificationUriComplete, deviceCode, userCode, ending } = await startElsewhere();
    const page = await openWindow({});
    await page.goto(verificationUriComplete);
    assert.ok(!(await everythingOf(page)).includes(ending), 'on the sign-in page');
    await signInOnPage(page, PASSWORD);
    assert.match(new URL(page.url()).search, /^\?request=/);
    assert.ok(!(await everythingOf(page)).includes(ending), 'on the page that asks');
    assert.equal(await page.getByText(`${userCode.slice(0, 4)}-····`, { exact: true }).isVisible(), true);
    await page.getByLabel('last 4 letters').fill(ending.toLowerCase());
    await page.getByLabel('last 4 letters').press('Enter');
    await page.getByRole('heading', { name: 'Allowed' }).waitFor();
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
    await page.goBack();
    assert.match((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', /^You allowed this at/);
  },
);

test(
  'the Enter key in the empty field answers nothing, and wrong letters can be corrected',
  options,
  async () => {
    const { verificationUriComplete, deviceCode, ending } = await startElsewhere();
    const page = await openWindow({ user: 'alice' });
    await page.goto(verificationUriComplete);
    const field = page.getByLabel('last 4 letters');
    await field.press('Enter');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Allow this sign-in?');
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'authorization_pending');
    await field.fill(ending === 'BBBB' ? 'CCCC' : 'BBBB');
    await follow(page, page.getByRole('button', { name: 'Allow' }));
    assert.match((await page.getByRole('alert').textContent()) ?? '', /not the last 4 letters/);
    assert.ok(!(await everythingOf(page)).includes(ending));
    await page.locator('#confirmation:focus').waitFor();
    await field.fill(ending);
    await field.press('Enter');
    await page.getByRole('heading', { name: 'Allowed' }).waitFor();
    assert.equal(await pollForToken(latchkey, client, deviceCode), 'granted');
  },
);

test('the keyboard comes to Deny before the field, and denying needs nothing typed', options, async () => {
  const { verificationUriComplete, deviceCode } = await startElsewhere();
  const page = await openWindow({ user: 'alice', script: true });
  await page.goto(verificationUriComplete);
  const stops = [];
  for (let stop = 0; stop < 6; stop += 1) {
    await page.keyboard.press('Tab');
    stops.push(
      await page.evaluate<string>('document.activeElement.textContent || document.activeElement.name'),
    );
  }
  assert.deepEqual(stops, [
    'Latchkey',
    'Sign out',
    'Deny',
    'confirmation',
    'Allow',
    'Sign in as someone else',
  ]);
  await page.getByRole('button', { name: 'Deny' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Denied' }).waitFor();
  assert.equal(await pollForToken(latchkey, client, deviceCode), 'access_denied');
});

test(
  'Deny is filled, and Allow is not, where the request is risky; elsewhere it is the other way round',
  options,
  async () => {
    const filled = (page: Page, name: string) =>
      page.evaluate<string>(
        `getComputedStyle([...document.querySelectorAll('main button')].find((b) => b.textContent === '${name}')).backgroundColor`,
      );
    const page = await openWindow({ user: 'alice', script: true });
    await page.goto((await startElsewhere()).verificationUriComplete);
    const [deny, allow] = [await filled(page, 'Deny'), await filled(page, 'Allow')];
    assert.notEqual(deny, allow);
    const near = await startDeviceAuthorization(latchkey, client, { 'x-forwarded-for': BROWSER_ADDRESS });
    await page.goto(near.verificationUriComplete);
    assert.deepEqual([await filled(page, 'Allow'), await filled(page, 'Deny')], [deny, allow]);
  },
);

test(
  'a link on another site leads to the request by one more click, and shows half of the code',
  options,
  async () => {
    const { verificationUriComplete, ending, userCode } = await startElsewhere();
    const page = await openWindow({ user: 'alice' });
    await page.setContent(`<a href="${verificationUriComplete}">a prize</a>`);
    await follow(page, page.getByRole('link'));
    await page.getByRole('heading', { name: 'Go on with this code?' }).waitFor();
    assert.ok(!(await page.content()).includes(ending));
    assert.equal(await page.getByText(userCode.slice(0, 4), { exact: true }).isVisible(), true);
    await follow(page, page.getByRole('button', { name: 'Continue' }));
    await page.getByText('This was started in another network than yours.').waitFor();
    assert.ok(!(await everythingOf(page)).includes(ending));
  },
);

test(
  'a program on another computer is allowed with its host and the Enter key, without script',
  options,
  async () => {
    const redirectUri = 'https://tool.invalid/callback';
    const remote = await registerClient(latchkey, { redirectUri });
    const page = await openWindow({ user: 'alice' });
    await page.goto(latchkey.url + authorizePath(remote, { redirect_uri: redirectUri }));
    const field = page.getByLabel('type the host name');
    await field.press('Enter');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Allow this sign-in?');
    await field.fill('tool.invalid.example');
    await field.press('Enter');
    assert.match((await page.getByRole('alert').textContent()) ?? '', /That is another host/);
    await field.fill('Tool.INVALID');
    // Nobody is at that host. That the browser asks for it shows that the content security policy lets it.
    const [request] = await Promise.all([page.waitForRequest(`${redirectUri}?**`), field.press('Enter')]);
    assert.match(new URL(request.url()).searchParams.get('code') ?? '', /./);
  },
);

test('a program on another computer is denied without typing', options, async () => {
  const redirectUri = 'https://tool.invalid/callback';
  const remote = await registerClient(latchkey, { redirectUri });
  const page = await openWindow({ user: 'alice' });
  await page.goto(latchkey.url + authorizePath(remote, { redirect_uri: redirectUri }));
  const [request] = await Promise.all([
    page.waitForRequest(`${redirectUri}?**`),
    page.getByRole('button', { name: 'Deny' }).click(),
  ]);
  assert.equal(new URL(request.url()).searchParams.get('error'), 'access_denied');
});
