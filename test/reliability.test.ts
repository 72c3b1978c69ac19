import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readFaultTests, root } from './faults/table.ts';

test('each test that docs/reliability.md names is there, by that title', () => {
  const tests = readFaultTests();
  assert.ok(tests.length > 30, `${tests.length} tests`);
  for (const { file, title } of tests)
    assert.ok(readFileSync(path.join(root, file), 'utf8').includes(title), `${file}: ${title}`);
});

test('each row of docs/reliability.md names a test', () => {
  const page = readFileSync(path.join(root, 'docs/reliability.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| (?!fault \|)/.test(line));
  assert.ok(rows.length > 25);
  for (const row of rows) assert.match(row, /\.test\.ts\) `/, row);
});
