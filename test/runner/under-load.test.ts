import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';

const { NODE_TEST_CONTEXT: _, ...env } = process.env;

function runUnderLoad(testBody: string) {
  using folder = temporaryFolder();
  writeFileSync(
    path.join(folder.path, 'some.test.ts'),
    `import { test } from 'node:test';\ntest('some', () => { ${testBody} });\n`,
  );
  const script = path.join(import.meta.dirname, 'under-load.ts');
  const args = [script, '--load=2', '--times=2', 'some.test.ts'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder.path, env, encoding: 'utf8' });
  const written = readFileSync(path.join(folder.path, 'coverage/nice.txt'), 'utf8');
  return { status, lines: stdout.trimEnd().split('\n'), written };
}

test('the run under load tells how the tests ended each time beside busy processes, and at a low priority', () => {
  const { status, lines, written } = runUnderLoad('');
  assert.equal(status, 0);
  const rest = String.raw`: 1 passed, 0 failed, 0 skipped; Took \d+ s; longest: some\.test\.ts \d+ s; all of it: coverage/`;
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', new RegExp(`^beside a load of 2, 1 of 2${rest}load-1\\.txt$`));
  assert.match(lines[1] ?? '', new RegExp(`^beside a load of 2, 2 of 2${rest}load-2\\.txt$`));
  assert.match(lines[2] ?? '', new RegExp(`^at nice -n 19${rest}nice\\.txt$`));
  assert.match(written, /\n1 passed, 0 failed, 0 skipped\n$/);
});

test('the run under load fails where a test fails, and keeps what it said', () => {
  const { status, lines, written } = runUnderLoad("throw new Error('too slow');");
  assert.equal(status, 1);
  assert.match(lines.at(-1) ?? '', /: 0 passed, 1 failed, 0 skipped; /);
  assert.match(written, /Error: too slow/);
});
