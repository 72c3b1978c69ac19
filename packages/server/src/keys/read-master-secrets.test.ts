import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { MasterSecret } from './master-secret.ts';
import { MasterSecretError, readMasterSecrets } from './read-master-secrets.ts';

const bytes = [1, 2, 3].map((value) => Buffer.alloc(32, value));
const namesOf = async (environment: Record<string, string>) =>
  (await readMasterSecrets(environment)).map(({ name }) => name);
const names = bytes.map((secret) => new MasterSecret(secret).name);
const [one = '', two = '', three = ''] = bytes.map((secret) => secret.toString('base64'));

async function refusal(environment: Record<string, string>): Promise<string> {
  const error = await readMasterSecrets(environment).then(
    () => assert.fail('it was read'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MasterSecretError, String(error));
  assert.equal(error.cause, undefined);
  return error.message;
}

test('a master secret is read as base64, base64url or hex', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (secret) => {
      const { name } = new MasterSecret(secret);
      for (const encoding of ['base64', 'base64url', 'hex'] as const) {
        const written = Buffer.from(secret).toString(encoding);
        for (const text of [written, written.replace('=', ''), ` ${written}\n`]) {
          assert.deepEqual(await namesOf({ LATCHKEY_MASTER_SECRET: text }), [name]);
        }
      }
    }),
  );
});

test('several master secrets stand one a line or with commas between them, the first first', async () => {
  for (const text of [
    `${one},${two},${three}`,
    `${one}\n${two}\r\n${three}\n`,
    `${one}, ${two} ,\n${three},`,
  ]) {
    assert.deepEqual(await namesOf({ LATCHKEY_MASTER_SECRET: text }), names);
  }
});

test('master secrets are read from a file', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'master secret');
  writeFileSync(file, `${one}\n${two}\n`);
  assert.deepEqual(await namesOf({ LATCHKEY_MASTER_SECRET_FILE: file }), names.slice(0, 2));
});

test('master secrets are read from what a command prints, which runs without a shell', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'plain');
  writeFileSync(file, one);
  assert.deepEqual(await namesOf({ LATCHKEY_MASTER_SECRET_COMMAND: `cat  ${file}` }), names.slice(0, 1));
  const spaced = join(folder.path, '$HOME; echo *');
  writeFileSync(spaced, two);
  const words = JSON.stringify(['cat', spaced]);
  assert.deepEqual(await namesOf({ LATCHKEY_MASTER_SECRET_COMMAND: words }), names.slice(1, 2));
});

test('a command that only a shell would understand is refused, and says how to write it', async () => {
  for (const command of [
    'cat $FILE',
    'cat "a b"',
    'cat a | head',
    'cat a; rm b',
    'cat ~/x',
    '[]',
    '["cat", 1]',
    '[',
    '   ',
  ]) {
    assert.match(await refusal({ LATCHKEY_MASTER_SECRET_COMMAND: command }), /without a shell.*JSON array/);
  }
});

test('a command that fails, does not end or prints too much is ended, and nothing of what it printed is told', async (t) => {
  const run = (script: string) =>
    refusal({ LATCHKEY_MASTER_SECRET_COMMAND: JSON.stringify([process.execPath, '-e', script]) });
  const print = `process.stdout.write(${JSON.stringify(one)}); process.stderr.write(${JSON.stringify(one)});`;
  const stay = "process.on('SIGTERM', () => {}); require('node:net').createServer().listen(0)";
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const endless = run(`${print} ${stay}`);
  t.mock.timers.tick(30_000);
  const refusals = {
    timeout: await endless,
    exit: await run(`${print} process.exitCode = 3`),
    signal: await run(`${print} process.kill(process.pid, 'SIGKILL')`),
    much: await run(`process.stdout.write('${one},'.repeat(10_000)); ${stay}`),
    absent: await refusal({ LATCHKEY_MASTER_SECRET_COMMAND: '/there/is/no/such/program' }),
  };
  assert.match(refusals.exit, /ended with the exit code 3/);
  assert.match(refusals.signal, /was ended by SIGKILL/);
  assert.match(refusals.timeout, /did not end within 30 s/);
  assert.match(refusals.much, /printed more than 16384 bytes/);
  assert.match(refusals.absent, /\/there\/is\/no\/such\/program cannot be run \(ENOENT\)/);
  for (const message of Object.values(refusals)) {
    assert.match(message, /^LATCHKEY_MASTER_SECRET_COMMAND: /);
    assert.equal(message.includes(one.slice(0, 10)), false);
  }
});

test('what is no master secret is refused, and not quoted', async () => {
  const short = Buffer.alloc(16, 9).toString('base64');
  const wrong: readonly (readonly [text: string, message: RegExp])[] = [
    [short, /secret 1 of 1 is 16 bytes/],
    [`${one},${short}`, /secret 2 of 2 is 16 bytes/],
    ['correct-horse_battery!staple', /secret 1 of 1 is 28 characters that are neither base64 nor hex/],
    [`${one.slice(0, 42)}B=`, /neither base64 nor hex/],
    [`${one},${two},${one}`, /secret 3 is the same as one before it/],
    [',\n', /has no secret in it/],
  ];
  for (const [text, message] of wrong) {
    const told = await refusal({ LATCHKEY_MASTER_SECRET: text });
    assert.match(told, message);
    for (const word of text.split(/[,\n]/).filter(Boolean))
      assert.equal(told.includes(word.slice(0, 8)), false);
  }
});

test('no master secret, or two places for it, is refused with the names of the variables', async () => {
  assert.match(
    await refusal({}),
    /LATCHKEY_MASTER_SECRET, LATCHKEY_MASTER_SECRET_FILE, LATCHKEY_MASTER_SECRET_COMMAND/,
  );
  assert.match(await refusal({ LATCHKEY_MASTER_SECRET: '' }), /There is no master secret/);
  const both = { LATCHKEY_MASTER_SECRET: one, LATCHKEY_MASTER_SECRET_FILE: '/run/secret' };
  assert.match(await refusal(both), /^LATCHKEY_MASTER_SECRET and LATCHKEY_MASTER_SECRET_FILE are set/);
  assert.match(
    await refusal({ LATCHKEY_MASTER_SECRET_FILE: '/there/is/none' }),
    /cannot read \/there\/is\/none: ENOENT/,
  );
});
