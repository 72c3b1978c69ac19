import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswerCache, type Kept } from './cache.ts';

function kept(text: string): Kept {
  const made = { status: 200, contentType: 'text/plain', headers: {}, sources: [] };
  return { made, body: Buffer.from(text), etag: '"tag"', encoded: new Map(), checkedAtMs: 0 };
}

test('the answer that was not asked for longest goes first when they take too much memory', () => {
  const cache = new AnswerCache(8_000);
  cache.set('a', kept('a'.repeat(1_000)));
  cache.set('b', kept('b'.repeat(1_000)));
  cache.set('c', kept('c'.repeat(1_000)));
  cache.get('a');
  cache.set('d', kept('d'.repeat(1_000)));
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined),
    ['a', 'c', 'd'],
  );
});

test('many small answers are bounded like few large ones', () => {
  const cache = new AnswerCache(1_000_000);
  for (let index = 0; index < 10_000; index += 1) cache.set(`key ${index}`, kept(''));
  assert.ok(cache.bytes <= 1_000_000);
});

test('an answer that is larger than all there is room for is not kept', () => {
  const cache = new AnswerCache(5_000);
  cache.set('large', kept('x'.repeat(10_000)));
  assert.equal(cache.get('large'), undefined);
  assert.equal(cache.bytes, 0);
});

test('an answer that is made anew takes the place of the old one', () => {
  const cache = new AnswerCache(10_000);
  cache.set('a', kept('old'));
  const before = cache.bytes;
  cache.set('a', kept('new'));
  assert.equal(cache.bytes, before);
  assert.equal(String(cache.get('a')?.body), 'new');
});
