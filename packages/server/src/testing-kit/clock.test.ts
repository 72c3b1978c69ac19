import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestClock } from './clock.ts';

test('the test clock runs with the system clock, from wherever it is moved to, forth and back', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const clock = new TestClock();
  clock.advance({ days: 1, hours: 1 });
  clock.advance({ hours: -1 });
  t.mock.timers.tick(250);
  assert.equal(clock.now(), 1_000_250 + 24 * 60 * 60 * 1000);
});

test('a still test clock moves only when it is moved', (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const clock = new TestClock('still');
  t.mock.timers.tick(250);
  assert.equal(clock.now(), 1_000_000);
  clock.advance({ seconds: 5 });
  assert.equal(clock.now(), 1_005_000);
});

test('the test clock refuses to go where there are no dates, and stands as it did', () => {
  const clock = new TestClock('still');
  const startMs = clock.now();
  for (const seconds of [1e15, -1e15, Number.POSITIVE_INFINITY, Number.NaN]) {
    assert.throws(() => clock.advance({ seconds }), RangeError);
  }
  assert.equal(clock.now(), startMs);
  clock.advance({ days: 3649 });
  assert.throws(() => clock.advance({ days: 3649 }), RangeError);
});
