import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JmesPath } from '../operation.ts';
import { evaluate } from './evaluate.ts';

const names: JmesPath = ['project', ['flatten', ['field', 'Groups']], ['field', 'Name']];

test('a projection asks each item, and leaves out what is not there', () => {
  assert.deepEqual(evaluate(names, { Groups: [{ Name: 'a' }, {}, { Name: 'b' }] }), ['a', 'b']);
});

test('what is not there is null, whatever is asked of it', () => {
  const paths: readonly JmesPath[] = [
    names,
    ['index', 0],
    ['slice', 0, 1, null],
    ['values', ['current'], ['current']],
    ['filter', ['current'], ['current'], ['current']],
    ['list', ['current']],
    ['hash', { a: ['current'] }],
    ['call', 'keys', ['current']],
    ['compare', '<', ['current'], ['literal', 1]],
  ];
  for (const path of paths) assert.equal(evaluate(path, undefined), null, JSON.stringify(path));
});

test('a big integer is a number', () => {
  assert.equal(evaluate(['compare', '>', ['field', 'size'], ['literal', 1]], { size: 2n ** 60n }), true);
});
