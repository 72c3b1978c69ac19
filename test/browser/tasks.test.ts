/** What people come to the reference for, done with the keyboard alone: with script and without. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { startLatchkey } from '../../packages/server/src/fixtures/start-latchkey.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';

/** A page with more places than this between two of a task is tiresome. */
const MAX_TABS = 60;
const OPERATION = '/v0.4/docs/ssooidc/SSOOIDC.createToken';
const phone = { width: 390, height: 844 };

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

/** Goes on by the key Tab until something has the focus, which then has to be in sight. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    if (!(await target.evaluateAll((found) => found.some((each) => each.matches(':focus'))))) continue;
    const box = await target.boundingBox();
    const height = page.viewportSize()?.height ?? 0;
    assert.ok(
      box !== null && box.y + box.height > 0 && box.y < height,
      'it has the focus, but is out of sight',
    );
    assert.notEqual(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'none');
    return;
  }
  assert.fail(`${MAX_TABS} times Tab do not lead to ${target}`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'with the keyboard alone' : 'with the keyboard alone, without script';
  const open = async (target: string, viewport = { width: 1280, height: 860 }): Promise<Page> => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ javaScriptEnabled, viewport, permissions });
    const page = await context.newPage();
    await page.goto(latchkey.url + target);
    return page;
  };
  const options = { skip: skipWithoutBrowser };

  test(`one search from the start page finds the parameters of createToken, ${way}`, options, async () => {
    const page = await open('/v0.4/docs');
    if (javaScriptEnabled) {
      await page.keyboard.press('/');
      await page.keyboard.type('createtoken');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    } else {
      await tabTo(page, page.getByRole('searchbox', { name: 'Search all services' }));
      await page.keyboard.type('createtoken');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=createtoken');
      await press(page, page.getByRole('main').getByRole('listitem').first().getByRole('link').first());
    }
    await page.waitForURL(latchkey.url + OPERATION);
    await page.getByRole('heading', { name: 'Parameters: CreateTokenRequest' }).waitFor();
    await page.getByRole('term').filter({ hasText: 'clientSecret: string required' }).waitFor();
    await page.context().close();
  });

  test(`a program is copied as it stands on the page, ${way}`, options, async () => {
    const page = await open(OPERATION);
    const program = page.locator('pre.import').first();
    const code = (await program.locator('code').textContent()) ?? '';
    assert.match(
      code,
      /^import .*\nimport .*\n\nconst client = [\s\S]*createToken\([\s\S]*console\.log\(output\);$/,
    );
    if (javaScriptEnabled) {
      await press(page, program.getByRole('button', { name: 'Copy' }));
      await program.getByRole('button', { name: 'Copied' }).waitFor();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), code);
    } else {
      await page.evaluate('getSelection().selectAllChildren(document.querySelector("pre.import"))');
      assert.equal(await page.evaluate('getSelection().toString()'), code);
    }
    await page.context().close();
  });

  test(`an operation leads to its type, and that to its source, ${way}`, options, async () => {
    const page = await open(`${OPERATION}#the-parameters`);
    await press(page, page.getByRole('link', { name: 'CreateTokenRequest', exact: true }).last());
    await page.waitForURL('**/ssooidc/CreateTokenRequest');
    await press(page, page.getByRole('link', { name: '[src] of CreateTokenRequest', exact: true }));
    await page.waitForURL(/docs=full#L\d+$/);
    const line = page.locator(':target');
    assert.match((await line.textContent()) ?? '', /export interface CreateTokenRequest/);
    const box = await line.boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y < 860, 'it is in sight');
    await page.context().close();
  });

  test(`the contents are filtered, ${way}`, options, async () => {
    const page = await open(OPERATION);
    const filter = page.getByRole('searchbox', { name: 'Filter the contents' });
    if (javaScriptEnabled) {
      await page.keyboard.press('f');
      await page.keyboard.type('slowdown');
      await page.getByRole('list', { name: 'Names that match' }).getByRole('link').waitFor();
    } else {
      await tabTo(page, filter);
      await page.keyboard.type('slowdown');
      await page.keyboard.press('Enter');
      await page.waitForURL(/search\?q=/);
    }
    await press(page, page.getByRole('link', { name: 'SlowDownException', exact: true }).first());
    await page.waitForURL('**/ssooidc/SlowDownException');
    await page.context().close();
  });

  test(`a phone's drawers lead to another page, and to a place of this one, ${way}`, options, async () => {
    const page = await open(OPERATION, phone);
    await press(page, page.locator('summary', { hasText: 'On this page' }));
    await press(page, page.getByRole('link', { name: 'On the wire', exact: true }));
    const box = await page.getByRole('heading', { name: 'On the wire' }).boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y < phone.height, JSON.stringify(box));
    await page.goto(latchkey.url + OPERATION);
    await press(page, page.locator('summary', { hasText: 'Contents of SSOOIDC' }));
    await press(page, page.getByRole('link', { name: 'registerClient', exact: true }));
    await page.getByRole('heading', { level: 1, name: 'registerClient' }).waitFor();
    await page.context().close();
  });

  test(`the theme is changed, ${way}`, options, async () => {
    const page = await open('/v0.4/docs/ssooidc/CreateTokenError');
    const reloaded = page.waitForEvent('load');
    await press(page, page.getByRole('button', { name: 'dark' }));
    await reloaded;
    const paper = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    assert.equal(paper, 'rgb(14, 20, 18)');
    await page.context().close();
  });
}
