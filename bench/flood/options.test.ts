import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attackNames } from './attacks.ts';
import { parseOptions } from './options.ts';

test('with no options every attack is made on the server of this repository', () => {
  const { only, program } = parseOptions([]);
  assert.deepEqual(only, attackNames);
  assert.equal(program, undefined);
});

test('an attack nobody knows is refused with those there are', () => {
  assert.throws(() => parseOptions(['--only', 'all']), /found "all", expected one of none, pipelined,/);
});
