import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Where the paths that documents name may begin. */
const BEGINNINGS = [
  '',
  'packages',
  'packages/server',
  ...['server', 'client', 'wire'].map((each) => `packages/${each}/src`),
];

test('CONTRIBUTING.md says of every folder and loose file of packages/server/src what it is for', () => {
  const words = read('CONTRIBUTING.md').split(/[\s,;:`]+/);
  const names = readdirSync(path.join(root, 'packages/server/src'), { withFileTypes: true })
    .filter(({ name }) => !name.endsWith('.test.ts'))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  assert.deepEqual(
    names.filter((name) => !words.includes(name)),
    [],
  );
});

for (const document of ['CONTRIBUTING.md', ...decisions()]) {
  test(`every file that ${document} names is there`, () => {
    const named = read(document).matchAll(/(?<![\w/.@-])(?:[\w.-]+\/)+[\w.-]+\.(?:ts|js|md|json)\b/g);
    const missing = Array.from(named, ([file]) => file).filter(
      (file) =>
        ![path.dirname(document), ...BEGINNINGS].some((beginning) =>
          existsSync(path.join(root, beginning, file)),
        ),
    );
    assert.deepEqual(missing, []);
  });
}

test('every decision has a number of its own, which its heading repeats', () => {
  const numbers = decisions().map((file) => Number(path.basename(file).slice(0, 4)));
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, index) => index + 1),
  );
  for (const [index, file] of decisions().entries())
    assert.match(read(file), new RegExp(`^# ${numbers[index]}\\. `));
});

function decisions(): readonly string[] {
  const files = readdirSync(path.join(root, 'docs/decisions')).toSorted();
  return files.map((name) => `docs/decisions/${name}`);
}
