import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, Page } from 'playwright-core';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { assertAccessible, watchComplaints } from './quality.ts';

let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startLatchkey();
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

const start = '/v0.4/docs/ssooidc/CreateTokenRequest';

async function openPage(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(latchkey.url + start);
  return page;
}

test('results appear while somebody types, and the keyboard opens one', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage();
  const takeComplaints = watchComplaints(page);
  const box = page.getByRole('combobox', { name: 'Search all services' });
  await box.pressSequentially('createtok');
  const options = page.getByRole('option');
  await options.first().waitFor();
  assert.match((await options.first().textContent()) ?? '', /SSOOIDC\.createToken/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.equal(await options.first().getAttribute('aria-selected'), 'true');
  assert.equal(await box.getAttribute('aria-activedescendant'), await options.first().getAttribute('id'));
  await assertAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${latchkey.url}/v0.4/docs/ssooidc/SSOOIDC.createToken`);
  assert.deepEqual(takeComplaints(), [], 'what the browser complains of');
  await page.context().close();
});

test('Escape closes the results, and Enter then searches for what was typed', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage();
  await page.getByRole('combobox').pressSequentially('token');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('option').count(), 0);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${latchkey.url}/v0.4/search?q=token`);
  await page.context().close();
});

test('a click on a result opens its page', { skip: skipWithoutBrowser }, async () => {
  const page = await openPage();
  await page.getByRole('combobox').pressSequentially('RoleCredentials');
  await page.getByRole('option', { name: 'RoleCredentials interface' }).first().click();
  await page.waitForURL(`${latchkey.url}/v0.4/docs/sso/RoleCredentials`);
  await page.context().close();
});

test('“/” and “s” lead to the search box, until somebody turns that off', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage();
  const isFocused = () => page.evaluate('document.activeElement.name === "q"');
  for (const key of ['/', 's', 'S']) {
    await page.keyboard.press(key);
    assert.equal(await isFocused(), true, key);
    assert.equal(await page.getByRole('combobox').inputValue(), '');
    await page.evaluate('document.activeElement.blur()');
  }
  await page.goto(`${latchkey.url}/v0.4/search`);
  await page.getByLabel('Use single keys').uncheck();
  await page.goto(latchkey.url + start);
  await page.keyboard.press('s');
  assert.equal(await isFocused(), false);
  await page.context().close();
});

test('without script the search box leads to a page of results', { skip: skipWithoutBrowser }, async () => {
  const page = await openPage({ javaScriptEnabled: false });
  const box = page.getByRole('searchbox', { name: 'Search all services' });
  await box.fill('code verifier');
  await box.press('Enter');
  await page.getByRole('link', { name: 'CreateTokenRequest.codeVerifier' }).click();
  assert.equal(page.url(), `${latchkey.url}${start}#codeVerifier`);
  await page.context().close();
});

test('the browser refuses every other script on a page of the reference', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPage();
  const isRefused = await page.evaluate(`new Promise((done) => {
    const script = document.createElement('script');
    script.src = '/v0.4/client/mod.js';
    script.onerror = () => done(true);
    script.onload = () => done(false);
    document.head.append(script);
  })`);
  assert.equal(isRefused, true);
  await page.context().close();
});
