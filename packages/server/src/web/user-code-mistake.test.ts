import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUserCode } from '../grants/user-code.ts';
import { languages } from './messages/languages.ts';
import { describeUserCodeMistake } from './user-code-mistake.ts';

function describe(typed: string): string {
  const parsed = parseUserCode(typed);
  assert.ok(parsed.kind !== 'userCode', typed);
  return describeUserCodeMistake(parsed, languages.en).toString();
}

test('a letter that is not Latin is said to be of another alphabet', () => {
  for (const letter of ['\u0412', '\u03a4', '\u05d0', '\u3042', '\u{10400}']) {
    assert.match(describe(`BCDF-GHJ${letter}`), /^“<bdi>.<\/bdi>” is a letter of another alphabet/u, letter);
  }
});

test('a modifier letter, such as an apostrophe within words, is not said to be of another alphabet', () => {
  for (const letter of ['\u02bc', '\u02bb', '\u02d0', '\u0e46', '\u3005', '\u05f3\u02ee']) {
    assert.match(describe(`BCDF-GHJ${letter}`), /^“<bdi>.<\/bdi>” is in no code/u, letter);
  }
});

test('a combining mark alone is shown on a dotted circle, not on the quotation mark before it', () => {
  for (const mark of ['\u0301', '\u0308', '\u20dd', '\u0e31', '\u0903']) {
    assert.ok(describe(`BCDF-GHJ${mark}`).startsWith(`“<bdi>\u25cc${mark}</bdi>” is in no code`), mark);
  }
});

test('half of a surrogate pair is shown as a character that cannot be shown', () => {
  assert.match(describe('BCDF-GHJ\ud800'), /^“<bdi>\ufffd<\/bdi>” is in no code/);
});
