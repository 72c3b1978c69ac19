import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isSecretOf } from '../keys/secret-hash.ts';
import { makeFolder, runLatchkey } from './testing/child-process.ts';

const folder = makeFolder();

test('latchkey --help lists every command, examples and exit codes', async () => {
  const { code, stdout } = await runLatchkey(folder, ['--help']);
  assert.equal(code, 0);
  for (const command of ['serve', 'check', 'demo', 'user', 'aws-config']) {
    assert.match(stdout, new RegExp(`^ {2}${command} {2,}\\w`, 'm'));
  }
  assert.match(stdout, /Examples:\n {2}latchkey serve/);
  assert.match(stdout, /3 {4}the configuration is not valid/);
});

test('latchkey help user add prints the same as latchkey user add --help, with the global options', async () => {
  const { code, stdout } = await runLatchkey(folder, ['user', 'add', '--help']);
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: latchkey user add \[options\] <user>/);
  assert.match(stdout, /--generate/);
  assert.match(stdout, /--data-dir <folder>/);
  assert.equal((await runLatchkey(folder, ['help', 'user', 'add'])).stdout, stdout);
});

test('latchkey client secret makes another secret each time, with the hash for the configuration', async () => {
  const secrets = [];
  for (let times = 0; times < 2; times += 1) {
    const { code, stdout } = await runLatchkey(folder, ['client', 'secret']);
    assert.equal(code, 0);
    const [, secret = '', secretHash = ''] =
      /^clientSecret: (\S+)\nsecretHash: "(\S+)"\n$/.exec(stdout) ?? [];
    assert.equal(isSecretOf(secretHash, secret), true, stdout);
    secrets.push(secret);
  }
  assert.notEqual(secrets[0], secrets[1]);
});

test('latchkey --version prints the version of the package', async () => {
  const manifest: unknown = JSON.parse(
    await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const { stdout } = await runLatchkey(folder, ['--version']);
  assert.equal(stdout.trim(), Object(manifest).version);
});

test('an invalid command line fails with the reason and exit code 2', async () => {
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

test('a command that needs the configuration exits with 3 when the configuration is not valid', async () => {
  const { code, stderr } = await runLatchkey(folder, ['user', 'list'], {
    env: { LATCHKEY_LISTEN_PORT: 'x' },
  });
  assert.equal(code, 3);
  assert.match(
    stderr,
    /^LATCHKEY_LISTEN_PORT: listen\.port: expected .*\nThe configuration is not valid: one problem\n$/,
  );
});
