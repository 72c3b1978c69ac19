import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';

const leaking = `
import { createServer } from 'node:net';
import { test } from 'node:test';
test('fails before it closes its server', () => {
  const server = createServer().listen(0);
  throw new Error('a failed assertion');
  server.close();
});
`;

test('a test file that a failed test keeps from ending fails, and says what is left open', () => {
  using folder = temporaryFolder();
  const module = import.meta.resolve('./fail-where-hung.ts');
  const watch = join(folder.path, 'watch.mjs');
  writeFileSync(watch, `if (process.env.NODE_TEST_CONTEXT) (await import('${module}')).failWhereHung(1);`);
  writeFileSync(join(folder.path, 'leaking.test.ts'), leaking);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--test', `--import=${watch}`, `--test-reporter=${import.meta.resolve('./reporter.ts')}`];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder.path, env, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stdout, /^Failed: leaking\.test\.ts:4\n {2}fails before it closes its server\n/m);
  assert.match(stdout, /^The tests of the file are over, and .* as it has: TCPServerWrap$/m);
  assert.match(stdout, /^0 passed, 1 failed, 0 skipped$/m);
});
