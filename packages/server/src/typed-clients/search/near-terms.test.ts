import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NearTerms } from './near-terms.ts';

const terms = NearTerms.among(['getitem', 'putitem', 'token', 'tokens', 'receivemessage', 'sqs']);

test('a mistyped word of four letters or more is put right by one mistake, of eight or more by two', () => {
  assert.deepEqual(terms.find('getitm'), ['getitem']);
  assert.deepEqual(terms.find('gteitem'), ['getitem']);
  assert.deepEqual(terms.find('receivmesage'), ['receivemessage']);
  assert.deepEqual(terms.find('gtitm'), []);
  assert.deepEqual(terms.find('sq'), []);
});

test('of terms that are equally near, those with the same first letter come first', () => {
  assert.deepEqual(terms.find('tokn'), ['token']);
  assert.deepEqual(NearTerms.among(['rutitem', 'putitem']).find('putitam'), ['putitem']);
});
