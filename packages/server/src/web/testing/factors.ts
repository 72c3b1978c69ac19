import { Secret } from 'otpauth';
import { totpCode } from '../../factors/testing/totp-code.ts';
import type { Latchkey } from '../../testing-kit/mod.ts';
import type { PageView, PlainBrowser } from './plain-browser.ts';

/** An authenticator app that has a key. */
export interface App {
  /** The code that it shows so many seconds from now. */
  code(afterSeconds?: number): string;
}

/** Reads the key from the page that shows it. */
export function scanKey({ clock }: { readonly clock: Pick<Latchkey['clock'], 'now'> }, page: string): App {
  const [, key = ''] = /<code class="key">([A-Z2-7 ]+)<\/code>/.exec(page) ?? [];
  const { bytes } = Secret.fromBase32(key.replaceAll(' ', ''));
  return { code: (afterSeconds = 0) => totpCode(bytes, clock.now() + afterSeconds * 1000) };
}

/** Adds an authenticator app to the person who is signed in, and moves the clock past the code that confirmed it. */
export async function addApp(latchkey: Latchkey, browser: PlainBrowser, name = 'Phone'): Promise<App> {
  const { text, hidden } = await browser.get('/me/security/totp');
  const app = scanKey(latchkey, text);
  const added = await browser.post('/me/security/totp', { ...hidden, name, code: app.code() });
  if (added.location !== '/me/security') throw new Error(`The app was not added: ${added.text}`);
  latchkey.clock.advance({ minutes: 2 });
  return app;
}

/** Makes recovery codes. */
export async function makeCodes(browser: PlainBrowser): Promise<readonly string[]> {
  const { hidden } = await browser.get('/me/security/recovery-codes');
  const { text } = await browser.post('/me/security/recovery-codes', hidden);
  return Array.from(text.matchAll(/<li><code>([^<]+)<\/code>/g), ([, code = '']) => code);
}

/** Types name and password. @returns the answer: where to go next */
export async function typePassword(
  browser: PlainBrowser,
  {
    userName,
    password,
    to = '/',
  }: { readonly userName: string; readonly password: string; readonly to?: string },
): Promise<PageView> {
  const { hidden } = await browser.get(`/sign-in?to=${encodeURIComponent(to)}`);
  return browser.post('/sign-in', { ...hidden, user_name: userName, password });
}
