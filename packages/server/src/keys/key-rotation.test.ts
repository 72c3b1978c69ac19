import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planKeyRotation } from './key-rotation.ts';

const DAY_MS = 86_400_000;

test('the first key has the id 1, and is made at once', () => {
  assert.deepEqual(planKeyRotation([], 0), { newId: 1, expiredIds: [] });
});

test('a key of 255 is followed by that of 0, after 90 days', () => {
  const keys = [{ id: 255, createdAtMs: 0 }];
  assert.equal(planKeyRotation(keys, 90 * DAY_MS - 1), undefined);
  assert.deepEqual(planKeyRotation(keys, 90 * DAY_MS), { newId: 0, expiredIds: [] });
});

test('whenever keys are looked at, none goes within 400 days of the one after it, and no id is there twice', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -30, max: 500 }), { maxLength: 400 }), (days) => {
      let keys: readonly { readonly id: number; readonly createdAtMs: number }[] = [];
      let nowMs = 0;
      for (const passed of days) {
        nowMs += passed * DAY_MS;
        const plan = planKeyRotation(keys, nowMs);
        if (plan === undefined) continue;
        for (const id of plan.expiredIds) {
          const successor = keys[keys.findIndex((key) => key.id === id) + 1];
          assert.ok(successor && nowMs - successor.createdAtMs >= 400 * DAY_MS);
        }
        const kept = keys.filter(({ id }) => !plan.expiredIds.includes(id));
        assert.ok(kept.every(({ id }) => id !== plan.newId));
        keys = [...kept, { id: plan.newId, createdAtMs: nowMs }];
      }
    }),
  );
});
