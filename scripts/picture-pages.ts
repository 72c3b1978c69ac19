/**
 * Pictures every kind of page in every way in which people look at it, to be looked at one by one: `npm run pictures:matrix`.
 * `index.html` of the folder shows all pictures of a page beside each other.
 *
 *     npm run pictures:matrix -- --out DIR [--models DIR] [--pages REGEXP] [--views REGEXP]
 *
 * The pages about typed clients are those of AWS's models, which are looked for in `../shared/api-models-aws`.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { showProgress } from '../packages/server/src/cli/progress-bar.ts';
import { registerClient } from '../packages/server/src/web/testing/client.ts';
import { BROWSER_ADDRESS, startInstance } from '../test/browser/instance.ts';
import { openPageState, type PageState, pageStates, type Visit } from '../test/browser/pages.ts';
import { launchBrowser } from '../test/interop/harness/browser.ts';
import { referencePages } from './pictures/reference-pages.ts';
import { type View, views } from './pictures/views.ts';

/** Pixels of a page that are pictured, from its top. */
const MAX_HEIGHT = 6_000;

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    models: { type: 'string', default: path.join(import.meta.dirname, '../../shared/api-models-aws') },
    pages: { type: 'string', default: '' },
    views: { type: 'string', default: '' },
  },
});
if (values.out === undefined) throw new Error('Picture the pages: found no --out, expected a folder');
if (!existsSync(values.models)) throw new Error(`Picture the pages: found no models in ${values.models}`);
const folder = path.resolve(values.out);
await mkdir(folder, { recursive: true });

const chosen = views.filter(({ name }) => new RegExp(values.views).test(name));
const references = Object.entries(referencePages).map(
  ([name, target]): PageState => ({ name, open: (page, { latchkey }) => page.goto(latchkey.url + target) }),
);
const states = [...references, ...pageStates].filter(({ name }) => new RegExp(values.pages).test(name));

await using latchkey = await startInstance({ models: [values.models] });
await using browser = await launchBrowser();
const client = await registerClient(latchkey, { clientName: 'botocore-client-my-sso' });

let made = 0;
const progress = showProgress(chosen.length * states.length);
for (const view of chosen) await pictureAll(browser, view, { latchkey, client });
progress.end();
await writeFile(path.join(folder, 'index.html'), renderIndex());

async function pictureAll(browser: Browser, view: View, visit: Visit): Promise<void> {
  const context = await browser.newContext({
    ...view.options,
    extraHTTPHeaders: { 'x-forwarded-for': BROWSER_ADDRESS },
  });
  for (const state of states) {
    progress.advance(made, fileName(state, view));
    await using page = await context.newPage();
    await openPageState(state, page, { ...visit, ...view });
    await view.prepare?.(page);
    await writeFile(path.join(folder, fileName(state, view)), await picture(page));
    made += 1;
  }
  await context.close();
}

async function picture(page: Page): Promise<Buffer> {
  const { width, height } = await page.evaluate<{ width: number; height: number }>(
    '({ width: innerWidth, height: document.documentElement.scrollHeight })',
  );
  // The part that is in view, where a link has led down the page.
  if (page.url().includes('#')) return page.screenshot({ animations: 'disabled' });
  const clip = { x: 0, y: 0, width, height: Math.min(height, MAX_HEIGHT) };
  return page.screenshot({ animations: 'disabled', fullPage: true, clip });
}

function fileName(state: PageState, view: View): string {
  return `${state.name}.${view.name}.png`;
}

function renderIndex(): string {
  const rows = states.map(
    (state) => `<h2>${state.name}</h2>
<div>${chosen.map((view) => `<a href="${fileName(state, view)}"><img src="${fileName(state, view)}" alt="${view.name}" title="${view.name}" height="600" loading="lazy"></a>`).join('\n')}</div>`,
  );
  return `<!doctype html>
<meta charset="utf-8">
<title>Every page in every way</title>
<style>div { display: flex; gap: 1rem; overflow-x: auto } body { font-family: system-ui }</style>
${rows.join('\n')}
`;
}
