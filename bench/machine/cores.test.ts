import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCoreList } from './cores.ts';

test('a list of cores names single ones and ranges', () => {
  assert.deepEqual(parseCoreList('0-2,5,7-8'), [0, 1, 2, 5, 7, 8]);
});

test('a list of one core is that core', () => {
  assert.deepEqual(parseCoreList('3'), [3]);
});
