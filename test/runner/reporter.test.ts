import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../packages/server/src/fixtures/temporary-folder.ts';

const passing = `
import { test } from 'node:test';
import { halve } from './halve.ts';
test('four halved is two', () => halve(4));
test('needs a browser', { skip: 'no browser here' }, () => {});
test('needs one, too', { skip: 'no browser here' }, () => {});
test('will be written', { todo: true }, () => { throw new Error('not yet'); });
`;
const halve = `export function halve(number: number): number {
  if (number === 0) {
    return 0;
  }
  return number / 2;
}
`;
const failing = `
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
suite('halves', () => {
  test('two halved is three', () => assert.equal(2 / 2, 3));
});
test('whose cause is told', () => { throw new Error('Cannot halve', { cause: new TypeError('no number') }); });
`;

/** Runs the files of a folder as the project's own tests are run, with the output going to a file. */
function run(files: Readonly<Record<string, string>>, ...flags: readonly string[]) {
  using folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder.path, name), content);
  const reporter = import.meta.resolve('./reporter.ts');
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--test', '--test-concurrency=1', `--test-reporter=${reporter}`, ...flags];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder.path, env, encoding: 'utf8' });
  const lines = stdout.trimEnd().split('\n');
  const table = flags.length > 0 ? readFileSync(join(folder.path, 'coverage/coverage.txt'), 'utf8') : '';
  return { status, stdout, lines, table };
}

test('the reporter ends a run that passed with what was skipped and why, the coverage, and the counts', () => {
  const { status, lines, table } = run(
    { 'halve.ts': halve, 'passing.test.ts': passing },
    '--experimental-test-coverage',
    '--test-coverage-exclude=**/*.test.ts',
  );
  assert.equal(status, 0);
  assert.equal(lines[0], '.');
  assert.deepEqual(lines.slice(-5, -2).concat(lines.at(-1) ?? ''), [
    'Skipped, as no browser here: passing.test.ts: needs a browser; passing.test.ts: needs one, too',
    'To do: 1',
    'Coverage: lines 66.67 %, branches 66.67 %, functions 100.00 %; of each file: coverage/coverage.txt',
    '1 passed, 0 failed, 2 skipped',
  ]);
  assert.match(lines.at(-2) ?? '', /^Took \d+ s; longest: passing\.test\.ts \d+ s$/);
  assert.ok(lines.length < 10, 'nothing else is in the way');
  assert.match(table, /^halve\.ts +66\.67 +66\.67 +100\.00 {2}3-4$/m);
});

test('the reporter tells of a failure when it happens, and in full at the end of the run', () => {
  const { status, stdout, lines } = run({ 'failing.test.ts': failing });
  assert.equal(status, 1);
  assert.equal(lines.at(-1), '0 passed, 2 failed, 0 skipped');
  const [during = '', closing = ''] = stdout.split('\n\n', 2);
  assert.match(during, /^Failed: failing\.test\.ts:5 halves > two halved is three$/m);
  assert.doesNotMatch(during, /AssertionError/);
  assert.match(closing, /^Failed: failing\.test\.ts:5\n {2}halves > two halved is three\n {4}AssertionError/);
  assert.match(stdout, /Error: Cannot halve\n.*failing\.test\.ts:7:.*because of: TypeError: no number\n/s);
  assert.doesNotMatch(stdout, /node:internal/);
});

test('the reporter tells how a file ended that could not be run, and what it printed', () => {
  const { status, stdout, lines } = run({
    'missing.test.ts': "import './not-there.ts';",
    'exits.test.ts': "console.log('about to leave'); process.exit(7);",
    'silent.test.ts': 'process.exit(3);',
  });
  assert.equal(status, 1);
  assert.equal(lines.at(-1), '0 passed, 3 failed, 0 skipped');
  const closing = stdout.slice(stdout.indexOf('\n\n'));
  assert.match(
    closing,
    /^Failed: exits\.test\.ts\n.*\n {4}Its process exited with 7; it printed last:\n {4}about to leave$/m,
  );
  assert.match(
    closing,
    /^Failed: missing\.test\.ts\n.*\n {4}Its process exited with 1.*Cannot find module .*not-there\.ts/ms,
  );
  assert.match(
    closing,
    /^Failed: silent\.test\.ts\n.*\n {4}Its process exited with 3, and printed nothing$/m,
  );
});

test('the reporter passes on what tests print and their diagnostics', () => {
  const { stdout } = run({
    'talking.test.ts': `
      import { test } from 'node:test';
      test('talks', (t) => { console.log('a word'); t.diagnostic('402 cases'); });`,
  });
  assert.match(stdout, /^a word$/m);
  assert.match(stdout, /^402 cases$/m);
});

test('the reporter names the files that were running when the run was interrupted, and only these', async () => {
  using folder = temporaryFolder();
  const write = (name: string, content: string) => writeFileSync(join(folder.path, name), content);
  write('a-done.test.ts', '');
  write('b-hangs.test.ts', "console.log('hanging'); process.stdin.resume(); await new Promise(() => {});");
  write('c-waits.test.ts', '');
  const reporter = import.meta.resolve('./reporter.ts');
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--test', '--test-concurrency=1', `--test-reporter=${reporter}`];
  const runner = spawn(process.execPath, args, { cwd: folder.path, env });
  let output = '';
  for await (const chunk of runner.stdout.setEncoding('utf8')) {
    output += chunk;
    if (output.includes('hanging')) runner.kill('SIGINT');
  }
  assert.deepEqual(output.match(/^Not at its end .*$/gm), [
    'Not at its end when the run was interrupted: b-hangs.test.ts',
  ]);
});
