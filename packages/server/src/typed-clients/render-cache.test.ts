import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CacheEntry, RenderCache } from './render-cache.ts';

function entry(text: string): CacheEntry {
  const rendered = { status: 200, contentType: 'text/plain', headers: {}, sources: [] };
  return { rendered, body: Buffer.from(text), etag: '"tag"', compressed: new Map(), checkedAtMs: 0 };
}

test('the render cache removes the least recently used answer when its size limit is exceeded', () => {
  const cache = new RenderCache(8_000);
  cache.set('a', entry('a'.repeat(1_000)), '192.0.2.1');
  cache.set('b', entry('b'.repeat(1_000)), '192.0.2.1');
  cache.set('c', entry('c'.repeat(1_000)), '192.0.2.1');
  cache.get('a');
  cache.set('d', entry('d'.repeat(1_000)), '192.0.2.1');
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined),
    ['a', 'c', 'd'],
  );
});

test('the render cache stays below its size limit with many small answers, too', () => {
  const cache = new RenderCache(1_000_000);
  for (let index = 0; index < 10_000; index += 1) cache.set(`key ${index}`, entry(''), '192.0.2.1');
  assert.ok(cache.bytes <= 1_000_000);
});

test('the render cache keeps no answer that is larger than its size limit', () => {
  const cache = new RenderCache(5_000);
  cache.set('large', entry('x'.repeat(10_000)), '192.0.2.1');
  assert.equal(cache.get('large'), undefined);
  assert.equal(cache.bytes, 0);
});

test('an answer that is rendered again replaces the one in the render cache', () => {
  const cache = new RenderCache(10_000);
  cache.set('a', entry('old'), '192.0.2.1');
  const before = cache.bytes;
  cache.set('a', entry('new'), '192.0.2.1');
  assert.equal(cache.bytes, before);
  assert.equal(String(cache.get('a')?.body), 'new');
});

test('whoever asks for many answers removes their own from the render cache, and none that others asked for', () => {
  const cache = new RenderCache(100_000);
  const others = ['192.0.2.1', '192.0.2.2', '2001:db8:2::1'];
  for (const address of others) cache.set(`of ${address}`, entry('x'.repeat(10_000)), address);
  for (let index = 0; index < 200; index += 1) {
    cache.set(`${index}`, entry('x'.repeat(1_000)), `2001:db8:1:${index.toString(16)}::1`);
  }
  assert.ok(cache.bytes <= 100_000);
  for (const address of others) assert.notEqual(cache.get(`of ${address}`), undefined, address);
  assert.equal(cache.get('0'), undefined);
  assert.notEqual(cache.get('199'), undefined);
});
