import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';
import { checkGlobals } from './missing-globals.ts';

/** Checks a module as if the oldest Node lacked `URL.parse` and the method `union` of sets. */
function check(code: string): void {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'src'));
  writeFileSync(join(folder.path, 'src/mod.js'), code);
  const old = join(folder.path, 'node');
  const script = `exec "${process.execPath}" --eval 'delete URL.parse; delete Set.prototype.union;'"$3"`;
  writeFileSync(old, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  checkGlobals(folder.path, old);
}

test('a function or a method that the oldest Node lacks is found, with its file', () => {
  assert.throws(() => check('export const a = URL.parse(b);'), /src\/mod\.js uses URL\.parse/);
  assert.throws(() => check('export const a = b.union(c);'), /src\/mod\.js uses \.union\(/);
});

test('a comment, a function of another object, and a method of the package itself are none', () => {
  check('// URL.parse\nexport const a = JSON.parse(b);');
  check('export class Shape { union(other) { return [this, other]; } }\nexport const a = b.union(c);');
});
