import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docstring } from './docstring.ts';

test('a short sentence makes a comment of one line', () => {
  assert.equal(docstring('A city.', '  '), '  /** A city. */\n');
});

test('no text makes no comment', () => {
  assert.equal(docstring(' \n'), '');
});

test('paragraphs stay apart, and long lines are wrapped at words', () => {
  const text = `${'word '.repeat(25)}\n\nEnd.`;
  assert.equal(
    docstring(text, '  '),
    `  /**\n   * ${'word '.repeat(21).trim()}\n   * ${'word '.repeat(4).trim()}\n   *\n   * End.\n   */\n`,
  );
});

test('a word longer than a line stays whole', () => {
  const link = `https://example.com/${'x'.repeat(120)}`;
  assert.ok(docstring(`See ${link} there.`).includes(` * ${link}\n`));
});

test('text cannot end the comment', () => {
  assert.equal(docstring('a */ b'), '/** a *\\/ b */\n');
});
