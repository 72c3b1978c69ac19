import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { subjects } from './defences/list.ts';

const root = path.join(import.meta.dirname, '..');
const documents = globSync('docs/security/*.md', { cwd: root }).filter(
  (file) => path.basename(file) !== 'defences.md',
);

/** What a row says where no defence stands against its threat. */
const REASON = /\*\*(?:Does not apply|Not defended|No test|Documented):\*\* \S/;

/** Rows of the tables of a document, without their headings. */
function rowsOf(file: string): readonly string[] {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n');
  return lines.filter((line, index) => line.startsWith('| ') && !lines[index + 1]?.startsWith('|---'));
}

for (const file of documents) {
  test(`each threat in ${file} has a defence, or the reason why there is none`, () => {
    const rows = rowsOf(file);
    assert.ok(rows.length > 10, 'the tables are read');
    for (const row of rows) {
      assert.equal(row.split('|').length, 4, row);
      assert.ok(row.includes('](defences.md#') || REASON.test(row), row);
    }
  });
}

test('each defence stands against a threat of a list', () => {
  const text = documents.map((file) => readFileSync(path.join(root, file), 'utf8')).join();
  for (const { name } of subjects.flatMap(({ defences }) => defences)) {
    const heading = name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-');
    assert.ok(text.includes(`(defences.md#${heading})`), name);
  }
});
