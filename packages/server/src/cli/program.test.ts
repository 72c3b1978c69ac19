import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();

test('the help lists every command, examples and exit codes', async () => {
  const { code, stdout } = await runLatchkey(folder, ['--help']);
  assert.equal(code, 0);
  for (const command of ['serve', 'check', 'demo', 'user', 'aws-config']) {
    assert.match(stdout, new RegExp(`^ {2}${command} {2,}\\w`, 'm'));
  }
  assert.match(stdout, /Examples:\n {2}latchkey serve/);
  assert.match(stdout, /3 {2}the configuration is not valid/);
});

test('the help of a command is found both ways, options of all commands included', async () => {
  const { code, stdout } = await runLatchkey(folder, ['user', 'add', '--help']);
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: latchkey user add \[options\] <user>/);
  assert.match(stdout, /--generate/);
  assert.match(stdout, /--data-dir <folder>/);
  assert.equal((await runLatchkey(folder, ['help', 'user', 'add'])).stdout, stdout);
});

test('the version is that of the package', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const { stdout } = await runLatchkey(folder, ['--version']);
  assert.equal(stdout.trim(), Object(manifest).version);
});

test('a command line that is not understood says why and exits with 2', async () => {
  const mistakes = {
    sreve: /unknown command 'sreve'\n\(Did you mean serve\?\)/,
    'user ad': /unknown command 'ad'\n\(Did you mean add\?\)/,
    'check --jsno': /unknown option '--jsno'\n\(Did you mean --json\?\)/,
    'user add': /missing required argument 'user'/,
    'serve --port http': /'--port|Expected a number from 0 to 65535/,
    'check surplus': /too many arguments/,
  };
  for (const [line, expected] of Object.entries(mistakes)) {
    const { code, stderr } = await runLatchkey(folder, line.split(' '));
    assert.equal(code, 2, line);
    assert.match(stderr, expected);
  }
  assert.equal((await runLatchkey(folder, [])).code, 2);
});

test('a command that needs the configuration exits with 3 when it is not valid', async () => {
  const { code, stderr } = await runLatchkey(folder, ['user', 'list'], {
    env: { LATCHKEY_LISTEN_PORT: 'x' },
  });
  assert.equal(code, 3);
  assert.match(
    stderr,
    /^LATCHKEY_LISTEN_PORT: listen\.port: expected .*\nThe configuration is not valid: one problem\n$/,
  );
});
