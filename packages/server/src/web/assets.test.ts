import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { PlainBrowser } from './testing/plain-browser.ts';

test('style sheet and icon of the reference are cached for ever by the URL that pages name, and by no other', async () => {
  await using latchkey = await startLatchkey();
  const browser = new PlainBrowser(latchkey);
  const { text } = await browser.get('/v0.4/services');
  const urls = [...text.matchAll(/<link [^>]*href="(\/assets\/[^"]+\?v=[^"]+)"/g)].map(
    ([, url]) => url ?? '',
  );
  assert.equal(urls.length, 2);
  for (const url of urls) {
    const asset = await browser.get(url);
    assert.equal(asset.status, 200);
    assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
    assert.match(asset.headers.get('content-type') ?? '', /^(text\/css|image\/svg\+xml)/);
    const other = await browser.get(url.replace(/v=.*/, 'v=0000000000000000'));
    assert.equal(other.headers.get('cache-control'), 'no-cache');
  }
});
