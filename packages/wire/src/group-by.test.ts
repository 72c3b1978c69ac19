import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupBy } from './group-by.ts';

test('groupBy gives the groups that Map.groupBy gives, in the same order', () => {
  const words = ['ab', 'c', 'de', 'f', 'ghi'];
  assert.deepEqual(
    groupBy(words, (word) => word.length),
    Map.groupBy(words, (word) => word.length),
  );
});
