import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RowIds } from './row-id.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

test('row ids rise strictly, whatever the clock does', () => {
  const jumps = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 50 });
  fc.assert(
    fc.property(jumps, (steps) => {
      const ids = new RowIds(0);
      let nowMs = NOW_MS;
      let last = ids.next(nowMs);
      for (const step of steps) {
        nowMs += step;
        const id = ids.next(nowMs);
        assert.ok(id > last, `${id} after ${last}`);
        assert.ok(Number.isSafeInteger(id));
        last = id;
      }
    }),
  );
});

test('more ids than a millisecond has still rise', () => {
  const ids = new RowIds(0);
  let last = 0;
  for (let i = 0; i < 20_000; i += 1) {
    const id = ids.next(NOW_MS);
    assert.ok(id > last);
    last = id;
  }
});

test('ids of a later millisecond are greater, also after a restart', () => {
  assert.ok(new RowIds(0).next(NOW_MS + 1) > new RowIds(0).next(NOW_MS));
});

test('ids rise above the highest there is, also when the clock was set back over a restart', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(1_000_000_000), (made, setBackMs) => {
      const before = new RowIds(0);
      let last = 0;
      for (let i = 0; i <= made; i += 1) last = before.next(NOW_MS);
      assert.ok(new RowIds(last).next(NOW_MS - setBackMs) > last);
    }),
  );
});

test('ids stay safe integers until 2094', () => {
  assert.ok(Number.isSafeInteger(new RowIds(0).next(Date.parse('2094-01-01T00:00:00Z'))));
});

test('a clock before 2025 gives ids all the same', () => {
  const ids = new RowIds(0);
  const first = ids.next(0);
  assert.ok(first < ids.next(0));
});
