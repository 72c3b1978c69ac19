import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepts } from './media-type.ts';

test('an answer is acceptable when any range of the Accept header covers it', () => {
  const covering = [
    undefined,
    '',
    '*/*',
    'application/json',
    'text/html, application/json; charset=utf-8',
    'a/b, APPLICATION/*;q=0.1',
  ];
  for (const accept of covering) assert(accepts(accept, 'application/json'), accept);
});

test('and is not when none does, or the one that does has no weight', () => {
  for (const accept of [
    'text/html',
    'application/xml',
    'text/*',
    'application/json;q=0',
    'application/json ; q=0.000',
  ]) {
    assert(!accepts(accept, 'application/json'), accept);
  }
});
