import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { plainText } from './plain-text.ts';

test('a client name that tries to turn, hide or split the text around it is shown as harmless characters', () => {
  assert.equal(plainText('AWS\u202Eexe.ILC', 64), 'AWS\ufffdexe.ILC');
  assert.equal(plainText('AWS\u200bCLI\u0000', 64), 'AWS\ufffdCLI\ufffd');
  assert.equal(plainText('one\r\n\ttwo\u2028three', 64), 'one two three');
  assert.equal(plainText(`a${'\u0335'.repeat(40)}b`, 64), `a${'\u0335'.repeat(3)}b`);
});

test('a name in any language stays as it is', () => {
  for (const name of ['botocore-client-my-sso', 'Müller’s laptop', '山田の端末', 'جهاز علي', '🔑 keys']) {
    assert.equal(plainText(name, 64), name);
  }
});

test('a long name is cut, and says so', () => {
  assert.equal(plainText('abcdef', 6), 'abcdef');
  assert.equal(plainText('abcdefg', 6), 'abcde…');
  assert.equal(plainText('🔑'.repeat(7), 6), `${'🔑'.repeat(5)}…`);
});

test('no text from outside is longer than allowed or has a character that does not show', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const shown = plainText(text, 64);
      assert.ok([...shown].length <= 64);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});
