import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from './options.ts';

test('sizes rise, and each is measured once', () => {
  assert.deepEqual(parseOptions(['--size', '5000', '--size', '100', '--size', '5000']).sizes, [100, 5000]);
});

test('a single size is refused, as there is nothing to compare it with', () => {
  assert.throws(() => parseOptions(['--size', '1000']), /name two that differ/);
});
