import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'uqr';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { registerClient, startDeviceAuthorization } from './testing/client.ts';
import { PlainBrowser } from './testing/plain-browser.ts';
import { signedInAs } from './testing/signed-in.ts';

/** The QR code of a page, as rows of dark squares. */
function drawnIn(text: string): readonly string[] {
  const [, path = ''] = /<svg class="qr".*?<path d="([^"]+)"/s.exec(text) ?? [];
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`);
  return squares.toSorted();
}

test('on the way to the request of a device, a QR code leads there on a phone, without the letters of the user code', async () => {
  await using latchkey = await startLatchkey();
  const { userCode } = await startDeviceAuthorization(latchkey, await registerClient(latchkey));
  const browser = new PlainBrowser(latchkey);
  const { location = '' } = await browser.get(`/device?user_code=${userCode}`);
  const { text } = await browser.get(location);
  const target = decodeURIComponent(location.slice('/sign-in?to='.length));
  const { data } = encode(latchkey.url + target, { ecc: 'M', border: 4 });
  const expected = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])));
  assert.deepEqual(drawnIn(text), expected.toSorted());
  assert.match(target, /^\/device\?request=/);
  const onPhone = await (await signedInAs(latchkey, 'alice')).get(target);
  assert.match(onPhone.text, /Does your device show a code that begins like this/);
});

test('a sign-in for anything else has no QR code', async () => {
  await using latchkey = await startLatchkey();
  const browser = new PlainBrowser(latchkey);
  for (const to of [
    '/',
    '/device',
    '/device?user_code=BCDF',
    '/authorize?x=y',
    'https://evil.example/device?request=A',
  ]) {
    const { text } = await browser.get(`/sign-in?to=${encodeURIComponent(to)}`);
    assert.doesNotMatch(text, /class="qr"/, to);
  }
});
