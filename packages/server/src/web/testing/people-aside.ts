import assert from 'node:assert/strict';
import type { Latchkey } from '../../testing-kit/mod.ts';
import { hiddenFieldsOf, type PageView, type PlainBrowser } from './plain-browser.ts';

/** Signs a person in to a browser beside whoever uses it, as signing in as somebody else there does. */
export async function setAside(latchkey: Latchkey, browser: PlainBrowser, userName: string): Promise<void> {
  const { cookie } = await latchkey.signIn(userName);
  const [name = '', token = ''] = cookie.split('=');
  const suffix = Buffer.from(userName.padEnd(4)).toString('hex', 0, 4);
  browser.setCookie(`${name.replace('_session_', '_aside_')}_${suffix}=${token}`);
}

/** The hidden fields of the form of a person who is set aside. */
export function personForm({ text }: PageView, displayName: string): Readonly<Record<string, string>> {
  const forms = [...text.matchAll(/<form[^>]*action="\/people">.*?<\/form>/gs)].map(([form]) => form);
  const form = forms.find((each) => each.includes(`<bdi>${displayName}</bdi>`));
  assert.ok(form, `no form of ${displayName}`);
  return hiddenFieldsOf(form);
}
