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

test('what is wrapped in a list item stays under its words', () => {
  const words = 'word '.repeat(25).trim();
  assert.equal(
    docstring(`- ${words}\n  1. end`),
    `/**\n * - ${'word '.repeat(21).trim()}\n *   ${'word '.repeat(4).trim()}\n *   1. end\n */\n`,
  );
});

test('no line begins with a tag that was in the midst of a code span', () => {
  const comment = docstring(`${'word '.repeat(19)}\`one @two three\` end`);
  assert.ok(comment.includes(' * `one @two three` end\n'), comment);
});

test('no line begins with what Markdown would take for a list or a heading', () => {
  for (const word of ['-', '+', '1.', '#', '>', '===']) {
    const comment = docstring(`${'word '.repeat(21)}${word} end. ${'word '.repeat(9)}`);
    assert.ok(!comment.includes(` * ${word} `), comment);
  }
});
