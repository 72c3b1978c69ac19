import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import type { Latchkey } from '../testing-kit/mod.ts';
import { authorizePath, registerClient, startDeviceAuthorization } from './testing/client.ts';
import { openDevice } from './testing/open-device.ts';
import { type PageView, PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

let latchkey: Latchkey;

before(async () => {
  latchkey = await startLatchkey();
});
after(() => latchkey.close());

test('a page runs no script but that for passkeys, is not framed or cached, and does not say where the person came from', async () => {
  const client = await registerClient(latchkey);
  const { userCode } = await startDeviceAuthorization(latchkey, client);
  const browser = await signedInAs(latchkey, 'alice');
  const pages = [
    '/',
    '/sign-in',
    '/sign-out',
    '/me/security',
    '/me/security/totp',
    '/me/security/passkey',
    '/device',
    `/device?request=${(await openDevice(browser, userCode)).hidden['request']}`,
    '/device?user_code=BCDF-GHJK',
  ];
  for (const decision of ['allow', 'deny']) {
    const device = await startDeviceAuthorization(latchkey, client);
    const { hidden } = await openDevice(browser, device.userCode);
    const confirmation = device.userCode.slice(-4);
    pages.push((await browser.post('/device', { ...hidden, decision, confirmation })).location ?? '');
  }
  pages.push('/authorize', authorizePath(client), '/nowhere');
  for (const path of pages) {
    const page = await browser.get(path);
    assertGuarded(page, path);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/, path);
    assert.doesNotMatch(page.text, /<script>|<style|\son\w+=|\sstyle=|javascript:/, path);
  }
  assertGuarded(await browser.post('/device', {}), 'a refused form');
  assertGuarded(await new PlainBrowser(latchkey).get('/'), 'a redirect');
});

/** The pages that may run the script for passkeys. */
const withPasskeys = ['/sign-in', '/me/security/passkey'];

test('the script for passkeys is allowed by its address and its hash, and is under 4 kB', async () => {
  const browser = await signedInAs(latchkey, 'alice');
  for (const path of withPasskeys) {
    const { headers, text } = await browser.get(path);
    const [, url = '', integrity = ''] = /<script src="([^"]+)" integrity="([^"]+)"/.exec(text) ?? [];
    const [source = ''] = /script-src [^;]+/.exec(headers.get('content-security-policy') ?? '') ?? [];
    assert.equal(source, `script-src ${latchkey.url}${url.replace(/\?.*/, '')} '${integrity}'`);
    const script = await (await fetch(latchkey.url + url)).text();
    assert.equal(integrity, `sha256-${hash('sha256', script, 'base64')}`);
    assert.ok(script.length < 4096, `${script.length} bytes`);
  }
});

function assertGuarded({ headers }: PageView, what: string): void {
  const policy = headers.get('content-security-policy') ?? '';
  for (const directive of [
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "style-src 'self'",
  ]) {
    assert.ok(policy.split('; ').includes(directive), `${what}: ${directive}`);
  }
  assert.doesNotMatch(policy, /unsafe|connect-src/, what);
  assert.equal(policy.includes('script-src'), withPasskeys.includes(what), what);
  assert.equal(headers.get('x-frame-options'), 'DENY', what);
  assert.equal(headers.get('referrer-policy'), 'no-referrer', what);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', what);
  assert.equal(headers.get('cache-control'), 'no-store', what);
}
