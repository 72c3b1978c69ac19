import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModel } from '@latchkey/smithy';
import { chooseOperations } from './choose-operations.ts';

const names = ['CreateToken', 'CreateTokenWithIAM', 'RegisterClient', 'StartDeviceAuthorization'];
const model = parseModel({
  smithy: '2.0',
  shapes: Object.fromEntries(names.map((name) => [`example#${name}`, { type: 'operation' }])),
});
const operations = names.map((name) => model.getOperation(`example#${name}`));

function choose(...patterns: readonly string[]): readonly string[] {
  return chooseOperations(operations, patterns).map(({ id }) => id.replace('example#', ''));
}

test('no patterns choose all operations', () => {
  assert.deepEqual(choose(), names);
  assert.deepEqual(chooseOperations(operations, undefined), operations);
});

test('a name chooses one operation, in any case', () => {
  assert.deepEqual(choose('CreateToken'), ['CreateToken']);
  assert.deepEqual(choose('createToken'), ['CreateToken']);
});

test('* stands for any characters, and nothing else is special', () => {
  assert.deepEqual(choose('CreateToken*'), ['CreateToken', 'CreateTokenWithIAM']);
  assert.deepEqual(choose('*Client', '*IAM'), ['CreateTokenWithIAM', 'RegisterClient']);
  assert.throws(() => choose('Create.*'));
  assert.throws(() => choose('['));
});

test('a pattern that matches nothing is refused, with names that are near', () => {
  assert.throws(() => choose('RegisterClient', 'CreateTokens'), {
    name: 'NoMatchingAction',
    message: 'No operation matches "CreateTokens"; did you mean CreateToken, CreateTokenWithIAM?',
    pattern: 'CreateTokens',
    available: names,
  });
  assert.throws(() => choose('RegistrClient'), /; did you mean RegisterClient\?$/);
  assert.throws(() => choose('*Device'), { message: 'No operation matches "*Device"' });
  assert.throws(() => choose('Weather'), { message: 'No operation matches "Weather"' });
});
