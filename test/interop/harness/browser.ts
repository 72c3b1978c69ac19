import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { findProgram } from './program.ts';

/** What a test gives as its `skip` option; in CI a missing browser is a failure. */
export const skipWithoutBrowser: string | false =
  process.env['CI'] === undefined && findProgram('chromium') === undefined
    ? 'chromium not found on the PATH'
    : false;

/** Ends what waits for something that never comes; a slow machine needs far less. */
const timeout = 5 * 60_000;

/** A real Chromium, in which nobody is signed in. */
export async function launchBrowser(): Promise<Browser> {
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const executablePath = findProgram('chromium') ?? 'chromium';
  const browser = await chromium.launch({ executablePath, args, timeout });
  return browser.on('context', (context) => context.setDefaultTimeout(timeout));
}

/**
 * Presses a link or a button that leads to another page of ours, and waits until that page is there with its style sheets.
 * A `click` alone comes back when the browser has the page's first bytes.
 */
export async function follow(page: Page, link: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('load'), link.click()]);
}

/** Types alice's name and password into the sign-in page. */
export async function signInOnPage(page: Page, password = 'correct horse battery'): Promise<void> {
  await page.getByLabel('User name').fill('alice');
  await page.getByLabel('Password').fill(password);
  await follow(page, page.getByRole('button', { name: 'Sign in' }));
}
