import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from './clock.ts';

test('the clock moves forth and back', () => {
  const clock = new TestClock();
  clock.advance({ days: 1, hours: 1 });
  clock.advance({ hours: -1 });
  const offMs = clock.now() - Date.now() - 24 * 60 * 60 * 1000;
  assert.ok(Math.abs(offMs) < 60_000, `off by ${offMs} ms`);
});

test('the clock refuses to go where there are no dates, and stands as it did', () => {
  const clock = new TestClock();
  for (const seconds of [1e15, -1e15, Number.POSITIVE_INFINITY, Number.NaN]) {
    assert.throws(() => clock.advance({ seconds }), RangeError);
  }
  assert.ok(Math.abs(clock.now() - Date.now()) < 60_000);
  clock.advance({ days: 3649 });
  assert.throws(() => clock.advance({ days: 3649 }), RangeError);
});
