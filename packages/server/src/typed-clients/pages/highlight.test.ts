import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { highlight, highlightLines } from './highlight.ts';

const code = `/** @param name what \`Name\` is */
export class Cities<T extends string = 'a'> implements Named {
  static readonly limit: number = 1_000;
  constructor(private name?: T | null) { super(/a<b>&"/g, \`of \${name ?? \`\${this.name} \${12}\`}\`); }
  @sealed async *list({ region = true, ...rest }: Options): Promise<string[]> { yield console.log(region); }
}
`;

const plain = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');

test('highlighted code says what it said before, as a whole and line by line', () => {
  assert.equal(plain(String(highlight(code))), code);
  assert.equal(plain(highlightLines(code).join('\n')), code);
});

test('highlighted code has elements only for what the style sheet colours', async () => {
  const sheet = await readFile(new URL('../../web/assets/reference.css', import.meta.url), 'utf8');
  const tags = new Set(String(highlight(code)).match(/<[^/][^>]*>/g));
  assert.ok(tags.size >= 4, `${[...tags]}`);
  for (const tag of tags) {
    const name = /^<span class="(?<name>\w)">$/.exec(tag)?.groups?.['name'];
    assert.ok(name !== undefined && sheet.includes(`\n.${name} {\n  color: `), tag);
  }
});

test('elements of highlighted code are closed, on each line', () => {
  for (const line of [highlight(code), ...highlightLines(code)]) {
    const markup = String(line);
    assert.equal(markup.match(/<span /g)?.length, markup.match(/<\/span>/g)?.length, markup);
  }
});
