import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { docstring } from '../docstring.ts';
import { hostileText } from '../testing/hostile-text.ts';
import { publishedDocumentation, skipWithoutPublished } from '../testing/published-documentation.ts';
import { documentationMarkdown, shortMarkdown } from './markdown.ts';

const cases: readonly (readonly [what: string, text: string, markdown: string])[] = [
  ['paragraphs', '<p>One.</p>\n  <p>Two\n  lines.</p>', 'One.\n\nTwo lines.'],
  ['forms', '<p>A <i>b</i> <b>c </b>d <code>e</code>.</p>', 'A *b* **c** d `e`.'],
  ['code with a form in it', '<p><code>arn:<i>region</i></code></p>', '`arn:region`'],
  ['code with a backtick in it', '<p><code>a`b</code></p>', '``a`b``'],
  ['a link', '<p><a href="https://x.y/a_(b)">c</a></p>', '[c](https://x.y/a_%28b%29)'],
  ['a link in code', '<p><code>a <a href="https://x.y/">b</a></code></p>', '`a` [`b`](https://x.y/)'],
  ['a name of the service', '<p><a>CreateToken</a></p>', '`CreateToken`'],
  ['lists', '<ul><li><p>a</p></li><li>b<ol><li>c</li><li>d</li></ol></li></ul>', '- a\n- b\n  1. c\n  2. d'],
  ['a list item of two paragraphs', '<ul><li><p>a</p><p>b</p></li><li>c</li></ul>', '- a\n\n  b\n\n- c'],
  ['a note', '<note><p>Mind.</p></note>', '**Note:** Mind.'],
  ['a note that is a list', '<important><ul><li>a</li></ul></important>', '**Important:**\n\n- a'],
  [
    'definitions',
    '<dl><dt>A</dt><dd><p>one</p></dd><dt><b>B</b></dt><dd>two</dd></dl>',
    '- **A**: one\n- **B**: two',
  ],
  ['a title', '<fullname>S3</fullname><p>Stores.</p>', '**S3**\n\nStores.'],
  ['CommonMark', '  Has `code`:\n\n  * a\n  * b', 'Has `code`:\n\n- a\n- b'],
  ['a code block', 'So:\n\n```\na\n\n b\n```', 'So:\n\n```\na\n\n b\n```'],
  ['code that looks like a tag', '```\n@a b@c\n```', '```\n\\@a b@c\n```'],
  [
    'text that looks like Markdown',
    '<p>a * b, *c*, my_name, _x_, [d](e), &amp;lt; &lt;f></p>',
    'a * b, \\*c\\*, my_name, \\_x\\_, [d\\](e), \\&lt; \\<f>',
  ],
  ['a paragraph that looks like a list', '<p>- a</p><p>1. b</p><p># c</p>', '\\- a\n\n1\\. b\n\n\\# c'],
  ['text that looks like a tag', '<p>@see a@b {@link c}</p>', '\\@see a@b {\\@link c}'],
];

for (const [what, text, markdown] of cases) {
  test(`${what} in a comment`, () => assert.equal(documentationMarkdown(text), markdown));
}

const sentences: readonly (readonly [what: string, text: string, sentence: string])[] = [
  ['ends at a full stop', '<p>One. Two.</p><p>Three.</p>', 'One.'],
  ['goes over code', '<p>Use <code>a.b</code> here. Then <code>c</code>.</p>', 'Use `a.b` here.'],
  ['does not end at an abbreviation', '<p>Things, e.g. These ones. More.</p>', 'Things, e.g. These ones.'],
  ['may be all there is', '<p>No full stop</p>', 'No full stop'],
  ['is not the title', '<fullname>S3</fullname><p>Stores. Gets.</p>', 'Stores.'],
  ['may stand in a note', '<note><p>Old. Gone.</p></note>', 'Old.'],
  ['may be missing', '<ul><li>a</li></ul>', ''],
];

for (const [what, text, sentence] of sentences) {
  test(`the first sentence ${what}`, () => assert.equal(shortMarkdown(text), sentence));
}

function assertOneComment(text: string): void {
  const comment = docstring(documentationMarkdown(text), '  ');
  if (comment === '') return;
  assert.equal(comment.indexOf('*/'), comment.length - 3, text);
  assert.doesNotMatch(comment, /^\s*(?:\/\*)?\* *@/m, text);
}

test('no text ends its comment or begins a tag in it', () => {
  fc.assert(fc.property(hostileText, assertOneComment), { numRuns: 2000 });
});

test('all documentation of AWS makes one comment, without markup', { skip: skipWithoutPublished }, () => {
  for (const text of publishedDocumentation()) {
    assertOneComment(text);
    assert.doesNotMatch(documentationMarkdown(text).replaceAll(/`[^`]+`/g, ''), /(?<!\\)<\/?[a-z]/i, text);
  }
});
