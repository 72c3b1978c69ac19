import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameKey } from './name-key.ts';

test('names in another case, width or composition have the same key; others have not', () => {
  for (const name of ['Zoë', 'ZOE\u0308', 'zoë', 'ｚｏë']) assert.equal(nameKey(name), 'zoë');
  assert.notEqual(nameKey('zoe'), nameKey('zoë'));
  assert.equal(nameKey('STRASSE'), 'strasse');
  assert.notEqual(nameKey('straße'), 'strasse');
});

test('the key of a key of the names that a user can have is the key itself', () => {
  const name = fc.string({ unit: fc.constantFrom(...'abzABZ09_+=,.@-'), minLength: 2, maxLength: 64 });
  fc.assert(fc.property(name, (each) => nameKey(nameKey(each)) === nameKey(each)));
});
