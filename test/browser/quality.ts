import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { LanguageTag } from '../../packages/server/src/language-tags.ts';
import { WIDE_LINE } from '../../packages/server/src/typed-clients/pages/breakable.ts';

/** A folder; every page is then pictured there. */
const screenshots = process.env['SCREENSHOTS'];
const axeSource = readFileSync(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Appearance {
  readonly name: string;
  readonly language: LanguageTag;
  readonly options: BrowserContextOptions;
}

/**
 * What people look at pages with; 320 px are also what a window of 1280 px has at 400 % (WCAG 2.2, 1.4.10). German has the longer
 * words, so it has the narrow window and all rules.
 */
export const appearances: readonly Appearance[] = [
  appearance('de', 'light', 'phone'),
  appearance('en', 'dark', 'phone'),
  appearance('en', 'light', 'desktop'),
  appearance('de', 'dark', 'desktop'),
];

function appearance(
  language: LanguageTag,
  colorScheme: 'light' | 'dark',
  device: 'phone' | 'desktop',
): Appearance {
  const viewport = device === 'phone' ? { width: 320, height: 740 } : { width: 1280, height: 860 };
  const locale = { en: 'en-US', de: 'de-DE' }[language];
  return {
    name: `${colorScheme}-${device}-${language}`,
    language,
    options: { colorScheme, viewport, locale },
  };
}

/** To be run before a page's own scripts. What moves because somebody has pressed something was asked for. */
export const watchLayoutShifts = `
  globalThis.layoutShifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources, hadRecentInput } of list.getEntries()) {
      if (hadRecentInput) continue;
      layoutShifts.push({ value, nodes: sources.map(({ node, previousRect, currentRect }) => [node?.outerHTML?.slice(0, 200) ?? node?.data, previousRect, currentRect]) });
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

/** Opens a page in a window of its own, whose layout shifts and complaints are watched. */
export async function openWatchedPage(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ readonly page: Page; readonly takeComplaints: () => readonly string[] }> {
  const context = await browser.newContext(options);
  await context.addInitScript(watchLayoutShifts);
  const page = await context.newPage();
  return { page, takeComplaints: watchComplaints(page) };
}

/** What the console says that is no fault of the page. */
const harmless = [
  'Failed to load resource', // a page with status 4xx
  // A test that types before the first frame is quicker than `autofocus`. The browser keeps the test's field focused.
  'Autofocus processing was blocked because a document already has a focused element',
];

/** @returns takes what the browser has complained of since it was last taken */
export function watchComplaints(page: Page): () => readonly string[] {
  let complaints: string[] = [];
  page.on('console', (message) => {
    if (!harmless.some((start) => message.text().startsWith(start))) complaints.push(message.text());
  });
  return () => {
    const taken = complaints;
    complaints = [];
    return taken;
  };
}

/**
 * The words that wrap within a part of them, as in `Configur` and `ation`, though all of their parts would fit into a line; the
 * options of commands that wrap; and punctuation that a line begins with. Not hyphenated words, nor what nobody can see.
 */
const findBrokenWords = `
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const topOf = (node, index) => {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    return range.getClientRects()[0]?.top;
  };
  const startsLine = (node, index) => {
    const [before, top] = [topOf(node, index - 1), topOf(node, index)];
    return before !== undefined && top !== undefined && top > before + 8;
  };
  const found = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    range.selectNodeContents(node);
    if (range.getClientRects().length < 2) continue;
    const { hyphens, visibility } = getComputedStyle(node.parentElement);
    if (hyphens === 'auto' || visibility === 'hidden' || node.parentElement.closest('.spoken')) continue;
    for (const { 0: word, index } of node.data.matchAll(/(?<![^\\s])--?[\\w-]+|[A-Za-z]{2,24}[.,;:)\\]]*/g)) {
      // Made up, to be longer than any line.
      if (/([A-Za-z])\\1{5}/.test(word)) continue;
      for (let at = index + 1; at < index + word.length; at += 1) {
        const isPart = word.startsWith('-') || /[A-Za-z][a-z.,;:)\\]]/.test(node.data.slice(at - 1, at + 1));
        if (isPart && startsLine(node, at)) found.push(node.data.slice(Math.max(0, index - 20), at) + '|' + node.data.slice(at, at + 20));
      }
    }
  }
  found`;

/** Lines that are not to be broken, and have places to wrap all the same. */
const findWrappingLines = `
  [...document.querySelectorAll('wbr')]
    .filter((place) => getComputedStyle(place).display !== 'none')
    .map(({ parentElement }) => parentElement)
    .filter((parent) => getComputedStyle(parent).whiteSpace === 'pre')
    .map(({ textContent }) => textContent.slice(0, 80))`;

/** Names and addresses in code and prose of a wide window that wrap at a place to break, though they would fit into a line. */
const findBrokenNames = `
  innerWidth < 720 ? [] : [...document.querySelectorAll('main :is(p, pre > code) wbr')].flatMap((place) => {
    const block = place.closest('p, pre > code');
    const [before, after] = [document.createRange(), document.createRange()];
    before.setStart(block, 0);
    before.setEndBefore(place);
    after.setStartAfter(place);
    after.setEnd(block, block.childNodes.length);
    const [start] = before.toString().match(/[^\\s]*$/);
    const [end] = after.toString().match(/^[^\\s]*/);
    const [last, first] = [[...before.getClientRects()].at(-1), after.getClientRects()[0]];
    const isBroken = last !== undefined && first !== undefined && first.top > last.top + 8;
    return isBroken && start.length + end.length <= ${WIDE_LINE} ? [start + '|' + end] : [];
  })`;

/** Holds the page that is open to what every page must be: accessible, as wide as its window, and standing still. */
export async function assertQuality(
  page: Page,
  name: string,
  { colorScheme }: BrowserContextOptions,
): Promise<void> {
  assert.equal(
    await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
    false,
    'it scrolls sideways',
  );
  assert.deepEqual(await page.evaluate('layoutShifts'), [], 'layout shift');
  assert.deepEqual(await page.evaluate(findBrokenWords), [], 'a line ends within a word');
  await assertNamesWhole(page);
  assert.deepEqual(await page.evaluate(findWrappingLines), [], 'a line wraps that is not to be broken');
  await screenshot(page, name);
  await assertAccessible(page, colorScheme === 'dark' ? 'colours' : 'all');
}

/** Holds the page that is open to its names: those that fit into a line are whole. */
export async function assertNamesWhole(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(findBrokenNames), [], 'a name wraps that fits into a line');
}

/** Pictures the page in the folder that `SCREENSHOTS` names, if it names one. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (screenshots === undefined) return;
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** What axe finds by the colours; everything else is the same in a light and a dark page. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** Holds the page that is open to the rules of axe: all of them, or those alone that a dark page can break. */
export async function assertAccessible(page: Page, rules: 'all' | 'colours' = 'all'): Promise<void> {
  // Off unless asked for: targets of 24 px (WCAG 2.2, 2.5.8).
  const targetSize = { rules: { 'target-size': { enabled: true } } };
  const options = rules === 'all' ? targetSize : { runOnly: colourRules };
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  assert.deepEqual(
    violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
    ),
    [],
  );
}
