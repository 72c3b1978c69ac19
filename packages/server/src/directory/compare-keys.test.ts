import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyCharacter } from '../fixtures/any-character.ts';
import { compareKeys } from './compare-keys.ts';

test('keys are compared as their UTF-8 bytes are', () => {
  const key = fc.string({ unit: anyCharacter, maxLength: 4 }).filter((text) => text.isWellFormed());
  const similar = fc.tuple(key, key, key).map(([start, a, b]) => [start + a, start + b] as const);
  fc.assert(
    fc.property(similar, ([left, right]) => {
      const expected = Buffer.compare(Buffer.from(left), Buffer.from(right));
      assert.equal(Math.sign(compareKeys(left, right)), expected);
    }),
    { numRuns: 2_000 },
  );
});
