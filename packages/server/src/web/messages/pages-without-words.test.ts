import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseSync } from 'oxc-parser';

const folder = path.join(import.meta.dirname, '..');
const files = globSync('*.ts', { cwd: folder, exclude: (name) => name.endsWith('.test.ts') });

interface Quasi {
  readonly value: { readonly raw: string };
}

/** The templates of HTML in a source file, with `…` for each value. */
function* templatesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  const { type, tag, quasi } = node as {
    type?: string;
    tag?: { name?: string };
    quasi?: { quasis: Quasi[] };
  };
  if (type === 'TaggedTemplateExpression' && tag?.name === 'html' && quasi !== undefined) {
    yield quasi.quasis.map(({ value }) => value.raw).join('…');
  }
  for (const child of Object.values(node)) yield* templatesIn(child);
}

/** What a template says of its own: text between tags, and attributes that people read or hear. */
function wordsOf(template: string): readonly string[] {
  const attributes = template.matchAll(/\b(?:aria-label|alt|title|placeholder)="([^"]*)"/g);
  const texts = [...template.split(/<[^>]*>/), ...Array.from(attributes, ([, value = '']) => value)];
  return texts.filter((text) => /\p{L}{2}/u.test(text.replaceAll('XXXX', '')));
}

test('no page says words of its own: they would be in one language', () => {
  assert.ok(files.length > 30);
  const words = files.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(path.join(folder, file), 'utf8'));
    return [...templatesIn(program)].flatMap((template) =>
      // A template of attributes alone has no tag around it.
      /^ ?[\w-]+="|^ [\w-]+$/.test(template)
        ? []
        : wordsOf(template).map((text) => `${file}: ${text.trim()}`),
    );
  });
  assert.deepEqual(words, []);
});
