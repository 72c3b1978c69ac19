import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromProcess } from './from-process.ts';
import { Home } from './testing/home.ts';

async function run(script: string, argument = '') {
  await using home = await Home.with({ 'a folder/print.mjs': script });
  const command = `"${process.execPath}" "${home.path}/a folder/print.mjs" ${argument}`;
  await home.write('.aws/config', `[default]\ncredential_process = ${command}\n`);
  return await fromProcess({ env: home.env })();
}

suite('fromProcess', () => {
  test('takes what the command prints, its arguments quoted as for a shell', async () => {
    const script = `console.log(JSON.stringify({
      Version: 1, AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: process.argv[2], SessionToken: 'token',
      Expiration: '2026-01-01T00:00:00Z', AccountId: '000000000042',
    }))`;
    assert.deepEqual(await run(script, '"two words"'), {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'two words',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
      accountId: '000000000042',
    });
  });

  test('says what the command said when it failed', async () => {
    await assert.rejects(run("console.error('the vault is locked'); process.exitCode = 3"), {
      code: 'credentialsFailed',
      message: 'Cannot use the credential_process of profile "default": exit code 3: the vault is locked',
    });
  });

  for (const [what, printed, message] of [
    ['no JSON', 'hello', /it must print a JSON object with "Version": 1/],
    ['another version', '{"Version":2}', /it must print a JSON object with "Version": 1/],
    ['no keys', '{"Version":1}', /it printed no AccessKeyId and SecretAccessKey/],
  ] as const) {
    test(`refuses a command that prints ${what}`, async () => {
      await assert.rejects(run(`console.log(${JSON.stringify(printed)})`), {
        code: 'credentialsFailed',
        message,
      });
    });
  }

  test('does not apply to a profile that names no process', async () => {
    await using home = await Home.with();
    await assert.rejects(fromProcess({ env: home.env })(), { code: 'noCredentials' });
  });
});
