import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { referenceStylesheet, stylesheet } from './assets.ts';
import { PlainBrowser } from './testing/plain-browser.ts';

test('script and icon of the reference are cached for ever by the URL that pages name, and by no other', async () => {
  await using latchkey = await startLatchkey();
  const browser = new PlainBrowser(latchkey);
  const { text } = await browser.get('/v0.4/services');
  const urls = [...text.matchAll(/<(?:link|script) [^>]*(?:href|src)="(\/assets\/[^"]+\?v=[^"]+)"/g)].map(
    ([, url]) => url ?? '',
  );
  assert.equal(urls.length, 2);
  for (const url of urls) {
    const asset = await browser.get(url);
    assert.equal(asset.status, 200);
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
    assert.match(asset.headers.get('content-type') ?? '', /^(text\/javascript|image\/svg\+xml)/);
    const other = await browser.get(url.replace(/v=.*/, 'v=0000000000000000'));
    assert.equal(other.headers.get('cache-control'), 'no-cache');
  }
});

test('the style sheets name no left and no right, so that a page written from right to left is mirrored', () => {
  for (const { name, body } of [stylesheet, referenceStylesheet]) {
    const rules = body.toString().replaceAll(/\/\*.*?\*\//gs, '');
    assert.deepEqual(rules.match(/^.*\b(?:left|right)\b.*$/gm) ?? [], [], name);
    // With four values the second is that of the right side, and the fourth that of the left one; of radii, one of two corners.
    const fourSides = rules.matchAll(
      /^.*(?:margin|padding|inset|border-(?:width|style|color)): *\S+ +(\S+) +\S+ +([^\s;]+);/gm,
    );
    const unequal = Array.from(fourSides).filter(([, right, left]) => right !== left);
    assert.deepEqual(unequal.map(String), [], name);
    assert.deepEqual(rules.match(/border-radius: *[^\s;]+ +[^;]*;/g) ?? [], [], name);
  }
});

test('the script of the reference has less than 10 kB as it is served', async () => {
  await using latchkey = await startLatchkey();
  const browser = new PlainBrowser(latchkey);
  const { text } = await browser.get('/v0.4/docs');
  const [, url = '', ...others] = /<script src="([^"]+)"/.exec(text) ?? [];
  assert.deepEqual(others, []);
  const script = await browser.get(url);
  assert.equal(script.status, 200);
  assert.ok(script.text.length > 1_000 && Buffer.byteLength(script.text) < 10_000, `${script.text.length}`);
});
