import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, quantile } from './statistics.ts';

test('the median of an odd number of values is the middle one, in whatever order they come', () => {
  assert.equal(median([30, 10, 20]), 20);
});

test('the median of an even number of values lies between the two in the middle', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('a quantile lies between its two neighbours', () => {
  assert.equal(quantile([0, 10, 20, 30, 40], 0.9), 36);
});

test('the quantiles 0 and 1 are the least and the greatest value', () => {
  assert.equal(quantile([1, 2, 3], 0), 1);
  assert.equal(quantile([1, 2, 3], 1), 3);
});

test('no values have no quantile', () => {
  assert.throws(() => quantile([], 0.5), RangeError);
});
