import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { applyPatch } from './defences/apply-patch.ts';
import { subjects } from './defences/list.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const defences = subjects.flatMap((subject) => subject.defences);

test('each defence has a name of its own', () => {
  const names = defences.map(({ name }) => name.toLowerCase());
  assert.deepEqual(names, [...new Set(names)]);
});

test('each defence can be taken out of the code as it is today, for `npm run test:defences`', () => {
  const faults = defences.flatMap(({ name, without }) => {
    try {
      assert.ok(without.length > 0);
      const texts = new Map(without.map(({ file }) => [file, read(file)]));
      for (const patch of without) texts.set(patch.file, applyPatch(texts.get(patch.file) ?? '', patch));
      for (const [file, text] of texts) assert.notEqual(text, read(file));
      return [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
  assert.deepEqual(faults, []);
});

test('the test of each defence exists', () => {
  for (const {
    name,
    test: { file, title, runs = file },
  } of defences) {
    assert.ok(read(file).includes(title), `${name}: ${file} has no test “${title}”`);
    assert.match(runs, /\.test\.ts$/, name);
  }
});
