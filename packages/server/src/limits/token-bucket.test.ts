import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TokenBuckets } from './token-bucket.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

test('a key may do so much at once, then once every refill', () => {
  const buckets = new TokenBuckets({ capacity: 3, refillMs: 1000, maxKeys: 10 });
  const take = (afterMs: number) => buckets.take('key', START_MS + afterMs);
  assert.deepEqual([take(0), take(0), take(0), take(0)], [true, true, true, false]);
  assert.deepEqual([take(999), take(1000), take(1001)], [false, true, false]);
  assert.deepEqual([take(4000), take(4000), take(4000), take(4000)], [true, true, true, false]);
});

test('to be refused costs nothing', () => {
  const buckets = new TokenBuckets({ capacity: 1, refillMs: 1000, maxKeys: 10 });
  buckets.take('key', START_MS);
  for (let i = 0; i < 100; i += 1) assert.equal(buckets.take('key', START_MS + 500), false);
  assert.equal(buckets.take('key', START_MS + 1000), true);
});

test('one key takes nothing from another', () => {
  const buckets = new TokenBuckets({ capacity: 1, refillMs: 1000, maxKeys: 10 });
  assert.equal(buckets.take('one', START_MS), true);
  assert.equal(buckets.take('other', START_MS), true);
  assert.equal(buckets.take('one', START_MS), false);
});

test('in any time no key does more than its capacity and the refills of that time', () => {
  const options = fc.record({
    capacity: fc.integer({ min: 1, max: 5 }),
    refillMs: fc.integer({ min: 1, max: 50 }),
  });
  const pauses = fc.array(fc.nat(40), { maxLength: 60 });
  fc.assert(
    fc.property(options, pauses, ({ capacity, refillMs }, steps) => {
      const buckets = new TokenBuckets({ capacity, refillMs, maxKeys: 10 });
      let nowMs = START_MS;
      let taken = 0;
      for (const step of steps) {
        nowMs += step;
        if (buckets.take('key', nowMs)) taken += 1;
        assert.ok(taken <= capacity + (nowMs - START_MS) / refillMs);
      }
    }),
  );
});

test('a clock that is set back a little gives nothing away', () => {
  const buckets = new TokenBuckets({ capacity: 2, refillMs: 1000, maxKeys: 10 });
  buckets.take('key', START_MS);
  assert.equal(buckets.take('key', START_MS - 1000), false);
  assert.equal(buckets.take('key', START_MS), true);
  assert.equal(buckets.take('key', START_MS), false);
});

test('however far the clock is set back, nobody waits for longer than an empty bucket takes to fill', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 3 }), (setBackMs, taken) => {
      const buckets = new TokenBuckets({ capacity: 3, refillMs: 1000, maxKeys: 10 });
      for (let i = 0; i < taken; i += 1) buckets.take('key', START_MS);
      assert.equal(buckets.take('key', START_MS - setBackMs + 3000), true);
    }),
  );
});

test('of too many keys, the one not seen for longest is forgotten first', () => {
  const buckets = new TokenBuckets({ capacity: 2, refillMs: 1000, maxKeys: 2 });
  const take = (key: string) => buckets.take(key, START_MS);
  take('a');
  take('b');
  take('a');
  take('c');
  assert.equal(take('a'), false, 'a was seen after b, and is remembered');
  assert.deepEqual([take('b'), take('b'), take('b')], [true, true, false], 'b begins anew');
});
