import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ActiveAuthorization } from '../store/store.ts';
import { afterRotation, isInGrace, MAX_ROTATIONS_IN_GRACE, planRotation } from './rotation.ts';

const graceMs = 60_000;

function session(): ActiveAuthorization {
  const approval = {
    userId: 'alice',
    userVersion: 'v1',
    signInSessionId: 1,
    codeBinding: null,
    endedAtMs: null,
  };
  return {
    ...{
      id: 2,
      salt: new Uint8Array(16),
      clientId: new Uint8Array(12),
      scopes: '',
      createdAtMs: 0,
      ...approval,
    },
    ...{
      state: 'active',
      sessionEndsAtMs: 1e12,
      usedAtMs: 0,
      generation: 1,
      rotatedAtMs: 0,
      earlierRotationsMs: [],
    },
  };
}

test('whatever the clock does, a token is judged by the instant of its own rotation', () => {
  const steps = fc.array(fc.integer({ min: -200_000, max: 200_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (moves) => {
      let current = session();
      let nowMs = 0;
      /** The instant at which the token of each generation was exchanged; a code is generation 0. */
      const exchangedAtMs = [0];
      for (const move of moves) {
        nowMs += move;
        const rotation = planRotation(current, { nowMs, graceMs });
        if (rotation === undefined) continue;
        current = afterRotation(current, rotation);
        exchangedAtMs.push(nowMs);
        assert.ok(current.earlierRotationsMs.length < MAX_ROTATIONS_IN_GRACE);
        for (const [generation, atMs] of exchangedAtMs.entries()) {
          if (isInGrace(current, generation, { nowMs, graceMs }))
            assert.ok(Math.abs(nowMs - atMs) <= graceMs);
        }
        assert.ok(isInGrace(current, current.generation - 1, { nowMs, graceMs }));
      }
    }),
  );
});

test('a token of a later generation leaves those between it and the session in the grace, and no others', () => {
  const generations = fc.record({
    stored: fc.integer({ min: 1, max: 80 }),
    ahead: fc.integer({ min: 1, max: 80 }),
    betweenMs: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(generations, ({ stored, ahead, betweenMs }) => {
      let current = session();
      const grace = { nowMs: 0, graceMs };
      while (current.generation < stored) {
        grace.nowMs += betweenMs;
        const rotation = planRotation(current, grace);
        if (rotation === undefined) break;
        current = afterRotation(current, rotation);
      }
      const before = current;
      const shown = before.generation + ahead;
      const rotation = planRotation(before, grace, shown);
      assert.ok(rotation);
      current = afterRotation(before, rotation);
      assert.equal(current.generation, shown + 1);
      assert.ok(current.earlierRotationsMs.length < MAX_ROTATIONS_IN_GRACE);
      for (let generation = shown + 1 - MAX_ROTATIONS_IN_GRACE; generation <= shown; generation += 1) {
        if (generation < 0) continue;
        const expected = generation >= before.generation || isInGrace(before, generation, grace);
        assert.equal(isInGrace(current, generation, grace), expected, `generation ${generation}`);
        const later = { nowMs: grace.nowMs + graceMs + 1, graceMs };
        assert.equal(isInGrace(current, generation, later), false);
      }
    }),
  );
});

test('an instant that a clock set back makes old does not shift the instants before it', () => {
  let current = session();
  for (const nowMs of [1_000, 50_000]) {
    const rotation = planRotation(current, { nowMs, graceMs });
    assert.ok(rotation);
    current = afterRotation(current, rotation);
  }
  const back = { nowMs: -20_000, graceMs };
  const rotation = planRotation(current, back);
  assert.ok(rotation);
  current = afterRotation(current, rotation);
  assert.deepEqual(current.earlierRotationsMs, [50_000, 1_000, 0]);
  assert.ok(isInGrace(current, 0, back), 'the code, exchanged at 0');
  assert.ok(!isInGrace(current, 2, { nowMs: 60_000 + 50_001, graceMs }));
});
