import type { Latchkey } from '../../testing-kit/mod.ts';
import { PlainBrowser } from './plain-browser.ts';

/** A browser in which a user of the instance is signed in. */
export async function signedInAs(latchkey: Latchkey, userName: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser(latchkey);
  const { cookie } = await latchkey.signIn(userName);
  browser.setCookie(cookie);
  return browser;
}
