import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runsOf } from './names.ts';
import { choiceIn, choicesOf, otherNumbersOf } from './synonyms.ts';

const chosen = (word: string, name: string) => choiceIn(choicesOf(word), runsOf(name))?.words.join(' ');

test('a word stands for itself first', () => {
  for (const word of ['upload', 'ttl', 'query', 'files', 'constructor', 'toString', '__proto__', '']) {
    assert.deepEqual(choicesOf(word)[0], { words: [word], cost: 0 }, word);
  }
});

test('a name has a verb, a noun or an abbreviation in another word for the same', () => {
  assert.equal(chosen('upload', 'putObject'), 'put');
  assert.equal(chosen('file', 'putObject'), 'object');
  assert.equal(chosen('restart', 'rebootDBInstance'), 'reboot');
  assert.equal(chosen('ttl', 'updateTimeToLive'), 'time to live');
  assert.equal(chosen('invalidate', 'createInvalidation'), 'create invalidation');
});

test('the typed word is taken where a name has it, and where it has none of the others', () => {
  assert.equal(chosen('upload', 'uploadPart'), 'upload');
  assert.equal(chosen('upload', 'listTables'), 'upload');
});

test('a plural has a singular, and a singular a plural', () => {
  for (const [word, other] of [
    ['functions', 'function'],
    ['function', 'functions'],
    ['policies', 'policy'],
    ['policy', 'policies'],
    ['boxes', 'box'],
    ['keys', 'key'],
  ] as const) {
    assert.deepEqual(otherNumbersOf(word), [other]);
  }
  assert.deepEqual(otherNumbersOf('s3'), []);
});
