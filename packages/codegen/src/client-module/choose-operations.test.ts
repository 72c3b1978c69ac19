import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import fc from 'fast-check';
import { chooseOperations } from './choose-operations.ts';

const names = ['CreateToken', 'CreateTokenWithIAM', 'RegisterClient', 'StartDeviceAuthorization'];
const model = parseModel({
  smithy: '2.0',
  shapes: Object.fromEntries(names.map((name) => [`example#${name}`, { type: 'operation' }])),
});
const operations = names.map((name) => model.getOperation(`example#${name}`));

function choose(...patterns: readonly string[]): readonly string[] {
  return chooseOperations(operations, patterns).operations.map(({ id }) => id.replace('example#', ''));
}

test('no patterns choose all operations', () => {
  assert.deepEqual(choose(), names);
  assert.deepEqual(chooseOperations(operations, undefined), { operations, unmatched: [] });
});

test('a name chooses one operation, in any case', () => {
  assert.deepEqual(choose('CreateToken'), ['CreateToken']);
  assert.deepEqual(choose('createToken'), ['CreateToken']);
});

test('* stands for any characters, and nothing else is special', () => {
  assert.deepEqual(choose('CreateToken*'), ['CreateToken', 'CreateTokenWithIAM']);
  assert.deepEqual(choose('*Client', '*IAM'), ['CreateTokenWithIAM', 'RegisterClient']);
  assert.deepEqual(choose('*token*i*'), ['CreateTokenWithIAM']);
  assert.deepEqual(choose('CreateToken**'), ['CreateToken', 'CreateTokenWithIAM']);
  assert.deepEqual(choose('*'), names);
  // A piece is not found in what another has taken.
  assert.throws(() => choose('CreateToken*Token'));
  assert.throws(() => choose('*Token*Token*'));
  assert.throws(() => choose('Create.*'));
  assert.throws(() => choose('['));
});

test('however many stars there are, a pattern takes no time to speak of', () => {
  assert.throws(() => choose(`${'*'.repeat(1000)}x${'*'.repeat(1000)}x`));
});

test('any part of a name, with stars about it, chooses that name', () => {
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.array(fc.nat(30)), (name, cuts) => {
      const pattern = [...name].map((letter, index) => (cuts.includes(index) ? '*' : letter)).join('');
      assert.ok(choose(pattern).includes(name), pattern);
    }),
  );
});

test('patterns of which some match nothing choose the rest, and say which and what is near', () => {
  const { operations: chosen, unmatched } = chooseOperations(operations, ['RegisterClient', 'CreateTokens']);
  assert.deepEqual(chosen, [model.getOperation('example#RegisterClient')]);
  assert.deepEqual(
    unmatched.map(({ message }) => message),
    ['No operation matches "CreateTokens"; did you mean CreateToken, CreateTokenWithIAM?'],
  );
});

test('patterns that all match nothing are refused, with names that are near', () => {
  assert.throws(() => choose('CreateTokens'), {
    name: 'NoMatchingAction',
    message: 'No operation matches "CreateTokens"; did you mean CreateToken, CreateTokenWithIAM?',
    pattern: 'CreateTokens',
    available: names,
  });
  assert.throws(() => choose('RegistrClient'), /; did you mean RegisterClient\?$/);
  assert.throws(() => choose('*Device'), { message: 'No operation matches "*Device"' });
  assert.throws(() => choose('Weather'), { message: 'No operation matches "Weather"' });
});
