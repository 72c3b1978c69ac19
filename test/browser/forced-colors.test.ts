import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CommandedLatchkey } from '../../packages/server/src/fixtures/start-with-commands.ts';
import { type Client, registerClient } from '../../packages/server/src/web/testing/client.ts';
import { launchBrowser, skipWithoutBrowser } from '../interop/harness/browser.ts';
import { BROWSER_ADDRESS, startInstance } from './instance.ts';
import { openPageState, type PageState, pageStates } from './pages.ts';

let browser: Browser;
let latchkey: CommandedLatchkey;
let client: Client;

before(async () => {
  if (skipWithoutBrowser !== false) return;
  browser = await launchBrowser();
  latchkey = await startInstance();
  client = await registerClient(latchkey, { clientName: 'botocore-client-my-sso' });
});
after(async () => {
  await browser?.close();
  await latchkey?.close();
});

const references = [
  '/v0.4/docs',
  '/v0.4/docs/ssooidc/SSOOIDC.createToken',
  '/v0.4/docs/ssooidc/SSOOIDC.createToken/wire',
  '/v0.4/docs/ssooidc/CreateTokenRequest#grantType',
  '/v0.4/services/ssooidc.ts?docs=full#L10',
  '/v0.4/search?q=token',
];
const states: readonly PageState[] = [
  ...pageStates,
  ...references.map(
    (target): PageState => ({
      name: target,
      open: (page, { latchkey: { url } }) => page.goto(url + target),
    }),
  ),
];

/** Remembers the borders that aren't seen, and what is marked: what is current, or linked to and so in a colour of its own. */
const findUnseen = `
  const sides = ['Top', 'Right', 'Bottom', 'Left'];
  globalThis.unseen = [...document.querySelectorAll('body *')].flatMap((element) => {
    const style = getComputedStyle(element);
    return sides
      .filter((side) => parseFloat(style['border' + side + 'Width']) > 0)
      .filter((side) => style['border' + side + 'Color'] === 'rgba(0, 0, 0, 0)')
      .map((side) => ({ element, side }));
  });
  const isColoured = ({ backgroundColor, boxShadow }) => backgroundColor !== 'rgba(0, 0, 0, 0)' || boxShadow !== 'none';
  globalThis.marked = [...document.querySelectorAll('[aria-current], main :target')]
    .filter((element) => element.matches('[aria-current]') || isColoured(getComputedStyle(element)));`;

/** Those of them that are seen now. A button that leads on is to be told from the text around it, by its border. */
const findSeen = `
  const probe = document.createElement('i');
  probe.style.color = 'Canvas';
  document.body.append(probe);
  globalThis.canvas = getComputedStyle(probe).color;
  unseen
    .filter(({ element }) => !element.matches('button:not(.quiet)'))
    .filter(({ element, side }) => getComputedStyle(element)['border' + side + 'Color'] !== canvas)
    .map(({ element, side }) => side + ' of ' + element.outerHTML.slice(0, 200))`;

/** What is marked, and has no border, outline or sign of its own that tells it from what is beside it. */
const findUnmarked = `
  const isSeen = (style, side) => parseFloat(style['border' + side + 'Width']) > 1 && style['border' + side + 'Color'] !== canvas;
  marked
    .filter((element) => {
      const style = getComputedStyle(element);
      const sign = getComputedStyle(element, '::before').content;
      return style.outlineStyle === 'none' && !isSeen(style, 'Left') && sign === 'none';
    })
    .map((element) => element.outerHTML.slice(0, 200))`;

/** Drawings in another colour than that of text. */
const findPainted = `
  const text = getComputedStyle(document.body).color;
  [...document.querySelectorAll('body svg')]
    .filter((svg) => [getComputedStyle(svg).stroke, getComputedStyle(svg).fill].some((colour) => !['none', text].includes(colour)))
    .map((svg) => svg.outerHTML.slice(0, 200))`;

async function assertForced(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'none' });
  await page.evaluate(findUnseen);
  await page.emulateMedia({ forcedColors: 'active' });
  assert.deepEqual(await page.evaluate(findSeen), [], `${name}: borders that only forced colours show`);
  assert.deepEqual(await page.evaluate(findUnmarked), [], `${name}: marks that forced colours take away`);
  assert.deepEqual(await page.evaluate(findPainted), [], `${name}: drawings that keep their own colour`);
}

test('with forced colours no hidden border shows, every mark is seen, and drawings have the colour of text', {
  skip: skipWithoutBrowser,
}, async () => {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
  });
  const page = await context.newPage();
  for (const state of states) {
    await openPageState(state, page, { latchkey, client });
    await assertForced(page, state.name);
  }
  await context.close();
});
