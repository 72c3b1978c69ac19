import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sectionName } from './section-name.ts';

suite('sectionName', () => {
  for (const [heading, name] of [
    ['profile dev', 'dev'],
    ['profile \t dev ', 'dev'],
    ['profile "two words"', 'two words'],
    ["profile 'two words'", 'two words'],
    ['profile two\\ words', 'two words'],
    ['profile a"b c"\'d e\'f', 'ab cd ef'],
    ['profile "a\\"b\\c\\\\"', 'a"b\\c\\'],
    ["profile 'a\\b'", 'a\\b'],
    ['profile ""', ''],
    ['profiles dev', 'dev'],
    ['profile', undefined],
    ['profile two words', undefined],
    ["profile it's", undefined],
    ['profile "dev', undefined],
    ['profile dev\\', undefined],
  ] as const) {
    test(`finds ${name === undefined ? 'no name' : `the name <${name}>`} in <${heading}>`, () => {
      assert.equal(sectionName(heading), name);
    });
  }
});
