import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { CommandedLatchkey } from '../../packages/server/src/fixtures/start-with-commands.ts';
import { type Client, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { follow, launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, startInstance } from './instance.ts';
import { openPageState, type PageState, pageStates } from './pages.ts';
import { appearances, assertQuality, openWatchedPage, screenshot } from './quality.ts';

let browser: Browser;
let latchkey: CommandedLatchkey;
let client: Client;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance({
    branding: {
      name: 'Industrial Platform Sign-in & Accounts W',
      logo: fileURLToPath(new URL('../../packages/server/src/web/assets/favicon.svg', import.meta.url)),
      accent: '#a13d00',
      supportUrl: 'https://help.example.com',
      supportText: 'Ask the people of the platform team in Building W',
      message: `Maintenance on Sunday.\n${'w'.repeat(200)}`,
    },
  });
  client = await registerClient(latchkey, { clientName: 'botocore-client-my-sso' });
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

const shown = ['sign-in', 'sign-in-wrong', 'device', 'consent', 'portal', 'not-found'];
const reference: PageState = {
  name: 'reference',
  open: (page) => page.goto(`${latchkey.url}/v0.4/docs/ssooidc/SSOOIDC.createToken`),
};
const states = [...pageStates.filter(({ name }) => shown.includes(name)), reference];

for (const { name, language, options } of appearances) {
  test(`pages with branding are accessible, fit and stand still: ${name}`, {
    skip: skipWithoutBrowser,
  }, async () => {
    const { page, takeComplaints } = await openWatchedPage(browser, {
      ...options,
      extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
    });
    for (const state of states) {
      await openPageState(state, page, { latchkey, client, language });
      assert.deepEqual(takeComplaints(), [], `what the browser complains of: ${state.name}`);
      await assertQuality(page, `branded-${state.name}-${name}`, options);
    }
    await page.context().close();
  });
}

test('a chosen theme holds against that of the system, on every page, and the page stays where it is', {
  skip: skipWithoutBrowser,
}, async () => {
  const context = await browser.newContext({
    colorScheme: 'light',
    viewport: { width: 320, height: 740 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  const target = `${latchkey.url}/v0.4/docs/ssooidc/SSOOIDC.createToken?a=1#result`;
  const paper = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  await page.goto(target);
  assert.equal(await paper(), 'rgb(242, 244, 240)');
  await follow(page, page.getByRole('button', { name: 'dark' }));
  assert.equal(page.url(), target);
  assert.equal(await paper(), 'rgb(14, 20, 18)');
  await page.goto(`${latchkey.url}/sign-in`);
  assert.equal(await paper(), 'rgb(14, 20, 18)');
  await screenshot(page, 'chosen-dark');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await paper(), 'rgb(242, 244, 240)', 'paper is light');
  await page.emulateMedia({ media: 'screen' });
  await follow(page, page.getByRole('button', { name: 'system' }));
  assert.equal(page.url(), `${latchkey.url}/sign-in`);
  assert.equal(await paper(), 'rgb(242, 244, 240)');
  await page.goto(target);
  assert.equal(await paper(), 'rgb(242, 244, 240)', 'the style sheet was not taken from the cache');
  await context.close();
});

test('a language is chosen without script, holds on every page for people, and the page stays where it is', {
  skip: skipWithoutBrowser,
}, async () => {
  const context = await browser.newContext({
    locale: 'de-DE',
    viewport: { width: 320, height: 740 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  const target = `${latchkey.url}/sign-in?to=%2Fdevice`;
  await page.goto(target);
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
  await follow(page, page.getByRole('button', { name: 'English' }));
  assert.equal(page.url(), target);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goto(`${latchkey.url}/nowhere`);
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await follow(page, page.getByRole('button', { name: 'Deutsch' }));
  await page.getByRole('heading', { name: 'Diese Seite gibt es nicht' }).waitFor();
  await context.close();
});

test('a page that is written from right to left is mirrored, and does not scroll sideways', {
  skip: skipWithoutBrowser,
}, async () => {
  const { page } = await openWatchedPage(browser, {
    viewport: { width: 320, height: 740 },
    extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
  });
  for (const state of states.filter(({ name }) => name !== 'reference')) {
    await openPageState(state, page, { latchkey, client });
    await page.evaluate(`document.documentElement.dir = 'rtl'`);
    await screenshot(page, `right-to-left-${state.name}`);
    const overflow = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
    assert.equal(overflow, false, `${state.name} scrolls sideways`);
    const unmirrored = await page.evaluate(`
      [...document.querySelectorAll('.problem, .caution, .tag')].filter((box) => {
        const { borderLeftWidth, borderRightWidth, paddingLeft, paddingRight } = getComputedStyle(box);
        return parseFloat(borderLeftWidth) + parseFloat(paddingLeft) >= parseFloat(borderRightWidth) + parseFloat(paddingRight);
      }).map(({ outerHTML }) => outerHTML)`);
    assert.deepEqual(unmirrored, [], state.name);
    const [{ right = 0 } = {}] = await page.evaluate<{ right: number }[]>(
      `[document.querySelector('.brand').getBoundingClientRect().toJSON()]`,
    );
    assert.ok(right > 280, `${state.name}: the name of the service is on the right`);
  }
  await page.context().close();
});
