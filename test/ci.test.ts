import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../packages/server/src/fixtures/temporary-folder.ts';

const root = path.join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const budgets = Array.from(read('.ci/budgets').matchAll(/^(\S+) (\d+)$/gm), ([, suite, minutes]) => [
  suite,
  minutes,
]);

/** Runs `.ci/run` with other budgets, and with a program in place of npm. */
function runCi({ budgets, npm, args = [] }: { budgets: string; npm: string; args?: readonly string[] }) {
  using folder = temporaryFolder();
  const file = (name: string) => path.join(folder.path, name);
  cpSync(path.join(root, '.ci'), file('.ci'), { recursive: true });
  writeFileSync(file('.ci/budgets'), budgets);
  writeFileSync(file('npm'), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
  // It is there, so nothing is installed.
  writeFileSync(file('chromium'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder.path}:${process.env['PATH']}` };
  const { status, stdout, stderr } = spawnSync(file('.ci/run'), args, { env, encoding: 'utf8' });
  return { status, stderr, lines: stdout.trimEnd().split('\n'), files: readdirSync(folder.path) };
}

test('the budgets of all suites come to 30 minutes at most', () => {
  const minutes = budgets.reduce((sum, [, each]) => sum + Number(each), 0);
  assert.ok(minutes > 0 && minutes <= 30, `they come to ${minutes} minutes`);
});

test('CONTRIBUTING.md tells the budget of each suite as .ci/budgets has it', () => {
  const table = Array.from(
    read('CONTRIBUTING.md').matchAll(/^\| `(?:npm (?:run )?)?([\w:-]+)` \| (\d+) \|/gm),
  );
  assert.deepEqual(
    table.map(([, suite, minutes]) => [suite, minutes]),
    budgets.map(([suite, minutes]) => [suite === 'install' ? 'ci' : suite, minutes]),
  );
});

test('.ci/run runs each suite in turn, and ends with the minutes of each beside its budget', () => {
  const { status, lines } = runCi({ budgets: 'check 2\ntest:interop 10\n', npm: 'echo "npm $*"' });
  assert.equal(status, 0);
  assert.deepEqual(lines, [
    'npm run check',
    'npm run test:interop',
    '',
    'check              0:00 of  2 minutes',
    'test:interop       0:00 of 10 minutes',
    'altogether         0:00 of 12 minutes',
  ]);
});

test('.ci/run says which suite is over its budget', () => {
  const { status, lines } = runCi({ budgets: 'check -1\n', npm: 'true' });
  assert.equal(status, 0);
  assert.match(lines.at(-2) ?? '', /^check +0:00 of -1 minutes {2}over its budget$/);
});

test('.ci/run stops at the first suite that fails, says how long each took, and fails as the suite did', () => {
  const { status, lines } = runCi({
    budgets: 'check 2\ndemo 1\ntest 4\n',
    npm: 'echo "npm $*"; [ "$2" != demo ] || exit 7',
  });
  assert.equal(status, 7);
  assert.deepEqual(
    lines.map((line) => line.replace(/ +\d.*/, '')),
    ['npm run check', 'npm run demo', '', 'check', 'demo', 'altogether'],
  );
});

test('.ci/run runs the suites alone that it is given, and refuses one that has no budget', () => {
  const npm = 'echo "npm $*"';
  const { lines } = runCi({ budgets: 'check 2\ndemo 1\n', npm, args: ['demo'] });
  assert.equal(lines[0], 'npm run demo');
  const { status, stderr } = runCi({ budgets: 'check 2\n', npm, args: ['nonsense'] });
  assert.equal(status, 2);
  assert.match(stderr, /^Cannot run the suite "nonsense": .* it has check$/m);
});

test('.ci/run compiles the clients in Rust beside the other suites, and waits for them before test:interop', () => {
  const budgets = 'install 1\ncheck 1\ntest:interop 1\n';
  // The first waits until the second has run, and the third until the first has ended.
  const npm = `case "$2" in
    prepare:interop) while [ ! -e checked ]; do sleep 0.01; done; echo "$*" >compiled; exit 1 ;;
    check) touch checked ;;
    test:interop) cat compiled ;;
  esac`;
  const { status, lines } = runCi({ budgets, npm });
  assert.equal(status, 0, lines.join('\n'));
  assert.equal(lines[0], 'run prepare:interop -- mairu rust');
});

test('.ci/run ends what it compiles beside a suite that fails', () => {
  const npm = `case "$2" in
    prepare:interop) trap 'touch ended; exit' TERM; touch began; while :; do sleep 0.01; done ;;
    check) while [ ! -e began ]; do sleep 0.01; done; exit 1 ;;
  esac`;
  const { status, files } = runCi({ budgets: 'install 1\ncheck 1\ntest:interop 1\n', npm });
  assert.equal(status, 1);
  assert.ok(files.includes('ended'));
});
