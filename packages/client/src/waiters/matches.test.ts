import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeThing, serviceError } from '../testing/scripted-client.ts';
import { matches } from './matches.ts';
import type { PathMatcher } from './waiter.ts';

function found(comparator: PathMatcher['comparator'], expected: string, value: unknown): boolean {
  const matcher = { output: ['field', 'it'], comparator, expected } as const;
  return matches(matcher, describeThing, {}, { output: { it: value } });
}

test('stringEquals wants a string', () => {
  assert.equal(found('stringEquals', '1', '1'), true);
  assert.equal(found('stringEquals', '1', 1), false);
});

test('booleanEquals wants a boolean', () => {
  assert.equal(found('booleanEquals', 'true', true), true);
  assert.equal(found('booleanEquals', 'false', false), true);
  assert.equal(found('booleanEquals', 'false', undefined), false);
  assert.equal(found('booleanEquals', 'true', 'true'), false);
});

test('allStringEquals wants at least one', () => {
  assert.equal(found('allStringEquals', 'a', ['a', 'a']), true);
  assert.equal(found('allStringEquals', 'a', ['a', 'b']), false);
  assert.equal(found('allStringEquals', 'a', []), false);
  assert.equal(found('allStringEquals', 'a', 'a'), false);
});

test('anyStringEquals wants one', () => {
  assert.equal(found('anyStringEquals', 'a', ['b', 'a']), true);
  assert.equal(found('anyStringEquals', 'a', ['b']), false);
});

test('a path over input and output sees both', () => {
  const path = [
    'compare',
    '==',
    ['chain', ['field', 'input'], ['field', 'id']],
    ['chain', ['field', 'output'], ['field', 'id']],
  ] as const;
  const matcher = { inputOutput: path, comparator: 'booleanEquals', expected: 'true' } as const;
  assert.equal(matches(matcher, describeThing, { id: 1 }, { output: { id: 1 } }), true);
  assert.equal(matches(matcher, describeThing, { id: 1 }, { output: { id: 2 } }), false);
});

test('success tells an answer from an error', () => {
  const error = serviceError('Broken');
  assert.equal(matches({ success: true }, describeThing, {}, { output: {} }), true);
  assert.equal(matches({ success: true }, describeThing, {}, { error }), false);
  assert.equal(matches({ success: false }, describeThing, {}, { error }), true);
});
