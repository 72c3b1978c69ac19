import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const rows = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!threat )/.test(line) && !line.startsWith('|---'));

test('each threat in docs/security.md has a defence, and a test that exists or the reason why there is none', () => {
  assert.ok(rows.length > 25, 'the tables are read');
  for (const row of rows) {
    const [threat = '', defence = '', tests = ''] = row.split('|').slice(1, -1);
    assert.ok(defence.trim() !== '', threat);
    if (/^ none: \S/.test(tests)) continue;
    const named = [...tests.matchAll(/`([^`]+)`:((?:;? \*[^*]+\*)+)/g)];
    assert.ok(named.length > 0, `${threat}: no test`);
    for (const [, file = '', titles = ''] of named) {
      const source = readFileSync(path.join(root, file), 'utf8');
      for (const [, title = ''] of titles.matchAll(/\*([^*]+)\*/g)) {
        assert.ok(source.includes(title), `${threat}: ${file} has no test “${title}”`);
      }
    }
  }
});
