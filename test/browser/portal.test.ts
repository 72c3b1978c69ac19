import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser } from 'playwright-core';
import { follow, launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { signIn, startInstance } from './instance.ts';

let browser: Browser;
let latchkey: Latchkey;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance();
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

async function openPortal(userName: string) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await signIn(latchkey, context, userName);
  const page = await context.newPage();
  await page.goto(latchkey.url);
  return page;
}

test('without script and by the keyboard alone, a person finds an account and opens it', {
  skip: skipWithoutBrowser,
}, async () => {
  const page = await openPortal('carol');
  await page.getByRole('searchbox', { name: 'Search by account name, account id or role' }).focus();
  await page.keyboard.type('team 11');
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  const accounts = page.getByRole('navigation', { name: 'Your accounts' }).getByRole('listitem');
  assert.equal(await accounts.count(), 11);
  for (const stop of ['Search', 'Show all accounts', 'Team 11', 'Team 110']) {
    if (stop === 'Search') await page.getByRole('searchbox').focus();
    await page.keyboard.press('Tab');
    assert.match((await page.locator(':focus').textContent()) ?? '', new RegExp(`^${stop}`));
  }
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  assert.ok(await page.getByRole('heading', { name: /^Team 110 / }).isVisible());
  assert.equal(await accounts.count(), 11, 'what was found is still there');
  assert.match((await accounts.locator('[aria-current=true]').textContent()) ?? '', /^Team 110/);
  const block = page.getByRole('region', { name: 'Configuration for the AWS CLI' });
  assert.match((await block.textContent()) ?? '', /\[profile team-110-200000000109\.Role-100@/);
  await page.context().close();
});

test('the next page has the next accounts, and the way back', { skip: skipWithoutBrowser }, async () => {
  const page = await openPortal('carol');
  await follow(page, page.getByRole('link', { name: 'Next accounts' }));
  assert.ok(await page.getByRole('link', { name: /^Team 51/ }).isVisible());
  await follow(page, page.getByRole('link', { name: 'First accounts' }));
  assert.ok(await page.getByRole('link', { name: /^Team 1 / }).isVisible());
  await page.context().close();
});

test('the configuration for all accounts is saved as a file', { skip: skipWithoutBrowser }, async () => {
  const page = await openPortal('carol');
  const link = page.getByRole('link', { name: 'download the whole file' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(download.suggestedFilename(), 'latchkey-aws-config.txt');
  const text = await readFile(await download.path(), 'utf8');
  assert.equal(text.match(/^\[profile /gm)?.length, 60 + 119 * 2);
  assert.match(text, /^# BEGIN latchkey .*# END latchkey ssoins-7e57000000000001\n$/s);
  await page.context().close();
});
