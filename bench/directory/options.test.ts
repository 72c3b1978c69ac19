import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from './options.ts';

test('without options the store, a start and the server are measured in full', () => {
  const { only, quick } = parseOptions([]);
  assert.deepEqual({ only, quick }, { only: ['store', 'start', 'server'], quick: false });
});

test('an unknown part of the benchmark of the directory is refused by name', () => {
  assert.throws(() => parseOptions(['--only', 'disk']), /found "disk", expected one of store, start, server/);
});
