import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hostileText } from '../testing/hostile-text.ts';
import { publishedDocumentation, skipWithoutPublished } from '../testing/published-documentation.ts';
import { documentationHtml } from './html.ts';

const cases: readonly (readonly [what: string, text: string, html: string])[] = [
  ['a paragraph', '<p>One.</p>', '<p>One.</p>'],
  ['text without a paragraph', 'A & B', '<p>A &amp; B</p>'],
  [
    'code with a link in it',
    '<p><code><a href="https://x.y/">a</a></code></p>',
    '<p><code><a href="https://x.y/">a</a></code></p>',
  ],
  [
    'a note',
    '<note><p>Mind.</p></note>',
    '<div role="note" class="note"><p><strong>Note</strong></p><p>Mind.</p></div>',
  ],
  [
    'a list in a list',
    '<ul><li><p>a</p><ol><li>b</li></ol></li></ul>',
    '<ul><li><p>a</p>\n<ol><li>b</li></ol></li></ul>',
  ],
  ['definitions', '<dl><dt>a</dt><dd><p>b</p></dd></dl>', '<dl><dt>a</dt><dd>b</dd></dl>'],
  [
    'CommonMark',
    'Has `code`:\n\n```\na < b\n```',
    '<p>Has <code>code</code>:</p>\n<pre><code>a &lt; b</code></pre>',
  ],
  ['a placeholder', '<p>https://<bucket>.s3/</p>', '<p>https://&lt;bucket&gt;.s3/</p>'],
  ['a script', '<p>a<script>alert(1)</script></p><p>b</p>', '<p>a</p>\n<p>b</p>'],
  ['an event handler', '<p><img src=x onerror=f()>a</p>', '<p>&lt;img src=x onerror=f()&gt;a</p>'],
  ['an address that runs', '<p><a href="javascript:f()">a</a></p>', '<p>a</p>'],
  [
    'an address that leaves its quotes',
    '<p><a href=\'https://x/"onclick="f()\'>a</a></p>',
    '<p><a href="https://x/%22onclick=%22f()">a</a></p>',
  ],
  ['an address without a host', '<p><a href="API_X.html">a</a></p>', '<p>a</p>'],
  ['an escaped script', '<p>&lt;script&gt;</p>', '<p>&lt;script&gt;</p>'],
];

for (const [what, text, html] of cases) {
  test(`${what} on a page`, () => assert.equal(documentationHtml(text), html));
}

test('a name of the service links to where it is told to', () => {
  const html = documentationHtml('<p>See <a>CreateToken</a> and <a>Other</a>.</p>', (name) =>
    name === 'CreateToken' ? '/docs/sso-oidc/CreateToken' : undefined,
  );
  assert.equal(
    html,
    '<p>See <a href="/docs/sso-oidc/CreateToken"><code>CreateToken</code></a> and <code>Other</code>.</p>',
  );
});

const allowed =
  /<\/?(?:p|h4|ul|ol|li|dl|dt|dd|div|pre|code|em|strong|a)>|<br>|<div role="note" class="(?:note|important)">|<a href="https?:\/\/[^"<>\s]+">/g;

function assertSafe(html: string, text: string): void {
  assert.doesNotMatch(html.replaceAll(allowed, ''), /[<>"']/, text);
}

test('nothing but known elements comes out, whatever goes in', () => {
  fc.assert(
    fc.property(hostileText, (text) => assertSafe(documentationHtml(text), text)),
    { numRuns: 2000 },
  );
});

test('elements nested without end do no harm', () => {
  assertSafe(documentationHtml('<b>'.repeat(20_000)), 'nested');
  assertSafe(documentationHtml('<ul><li>'.repeat(10_000)), 'nested');
});

test('all documentation of AWS makes known elements alone', { skip: skipWithoutPublished }, () => {
  for (const text of publishedDocumentation()) assertSafe(documentationHtml(text), text);
});

test('bullets that are typed as text are a list, in one paragraph or in several', () => {
  for (const [text, html] of [
    [
      '<p>One of:</p> <p>* Device Code - <code>b</code>\n </p>\n<p>* Other</p><p>After</p>',
      '<p>One of:</p>\n<ul><li>Device Code - <code>b</code></li><li>Other</li></ul>\n<p>After</p>',
    ],
    [
      '<p>Values:\n  * one\n  * two <code>x</code>\n</p>',
      '<p>Values:</p>\n<ul><li>one</li><li>two <code>x</code></li></ul>',
    ],
    ['<p>Values:\n - one\n - two</p>', '<p>Values:</p>\n<ul><li>one</li><li>two</li></ul>'],
    ['<p>• one</p><p>• two</p>', '<ul><li>one</li><li>two</li></ul>'],
    ['<p>*</p>', '<p>*</p>'],
    [
      '<p>2 * 3, <code>a</code> * <code>b</code> and (*) all</p>',
      '<p>2 * 3, <code>a</code> * <code>b</code> and (*) all</p>',
    ],
    ['<p><code>A</code>\n   - What it means</p>', '<p><code>A</code> - What it means</p>'],
    ['<h2>* head</h2><p><b>* strong</b></p>', '<h4>* head</h4>\n<p><strong>* strong</strong></p>'],
    ['<pre>\n* a\n* b</pre>', '<pre><code>* a\n* b</code></pre>'],
  ] as const) {
    assert.equal(documentationHtml(text), html, text);
  }
});

test('a label that is typed before a paragraph makes it a note, and one that says nothing is left as it is', () => {
  const note = (text: string) =>
    `<div role="note" class="note"><p><strong>Note</strong></p><p>${text}</p></div>`;
  const important = (text: string) =>
    note(text).replace('"note"><p><strong>Note', '"important"><p><strong>Important');
  assert.equal(documentationHtml('<p>Note: It is slow.</p>'), note('It is slow.'));
  assert.equal(documentationHtml('<p><b>Note:</b> It is slow.</p>'), note('It is slow.'));
  assert.equal(
    documentationHtml('<p><b>Note</b>: It is <i>very</i> slow.</p>'),
    note('It is <em>very</em> slow.'),
  );
  assert.equal(documentationHtml('<p>Caution: It is gone.</p>'), important('It is gone.'));
  assert.equal(documentationHtml('Warning: plain text'), important('plain text'));
  for (const text of [
    '<p>Notes: are taken</p>',
    '<p>Note:</p>',
    '<p><strong>Note: all of it</strong> and more</p>',
  ]) {
    assert.equal(documentationHtml(text), text);
  }
  assert.equal(documentationHtml('<p>One.</p><note></note><important> </important>'), '<p>One.</p>');
});

test('code between backticks in HTML is code, and a backtick in a word is none', () => {
  assert.equal(documentationHtml('<p>It is `null` here.</p>'), '<p>It is <code>null</code> here.</p>');
  assert.equal(documentationHtml('<p><code>a `b` c</code></p>'), '<p><code>a b c</code></p>');
  for (const text of ['<p>It`s 5` long</p>', '<p>Two `` and ` more</p>'])
    assert.equal(documentationHtml(text), text);
});

test('AWS’s documentation leaves no markup as text: no backticks, no empty notes, no labels of notes', {
  skip: skipWithoutPublished,
}, () => {
  const found = { backticks: 0, labels: 0, emptyNotes: 0 };
  for (const text of publishedDocumentation()) {
    const html = documentationHtml(text);
    if (/<\/strong><\/p><\/div>/.test(html)) found.emptyNotes += 1;
    const outside = html.replaceAll(/<pre>.*?<\/pre>|<code>.*?<\/code>/gs, '');
    if (/(?<![\w`])`[^`\s<]+`(?![\w`])/.test(outside)) found.backticks += 1;
    if (/<p>(?:Note|Important|Warning|Caution|Tip): *[^<\s]/.test(outside)) found.labels += 1;
  }
  assert.deepEqual(found, { backticks: 0, labels: 0, emptyNotes: 0 });
});
