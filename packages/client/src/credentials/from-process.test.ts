import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromProcess } from './from-process.ts';
import { Home } from './testing/home.ts';

const now = () => Date.parse('2025-12-31T23:00:00Z');

/** @param settings more settings of the profile */
async function run(script: string, argument = '', settings = '') {
  await using home = await Home.with({ 'a folder/print.mjs': script });
  const command = `"${process.execPath}" "${home.path}/a folder/print.mjs" ${argument}`;
  await home.write('.aws/config', `[default]\ncredential_process = ${command}\n${settings}`);
  return await fromProcess({ env: home.env })({ now });
}

const pair = { Version: 1, AccessKeyId: 'AKIDEXAMPLE', SecretAccessKey: 'secret' };
const print = (printed: object) => `console.log(${JSON.stringify(JSON.stringify(printed))})`;

suite('fromProcess', () => {
  test('fromProcess takes what the command prints, its arguments quoted as for a shell', async () => {
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

  test('fromProcess says what the command said when it failed', async () => {
    await assert.rejects(run("console.error('the vault is locked'); process.exitCode = 3"), {
      code: 'credentialsFailed',
      message: 'Cannot use the credential_process of profile "default": exit code 3: the vault is locked',
    });
  });

  for (const [what, printed, message] of [
    ['no JSON', 'hello', /it must print a JSON object with "Version": 1/],
    ['no version', '{}', /it must print a JSON object with "Version": 1$/],
    ['another version', '{"Version":2}', /it must print a JSON object with "Version": 1; found 2$/],
    ['its version as text', '{"Version":"1"}', /"Version": 1; found "1"$/],
    ['no keys', '{"Version":1}', /it printed no AccessKeyId and SecretAccessKey$/],
    ['no secret', '{"Version":1,"AccessKeyId":"AKID"}', /it printed no SecretAccessKey$/],
    ['an empty key', '{"Version":1,"AccessKeyId":"","SecretAccessKey":"x"}', /it printed no AccessKeyId$/],
    [
      'an expiration that is no time',
      JSON.stringify({ ...pair, Expiration: 'soon' }),
      /it printed "Expiration": "soon", expected a time such as "2030-01-01T00:00:00Z"$/,
    ],
    [
      'an expiration that is no text',
      JSON.stringify({ ...pair, Expiration: 1 }),
      /it printed "Expiration": 1, /,
    ],
    [
      'credentials that expire now',
      JSON.stringify({ ...pair, Expiration: new Date(now()).toISOString() }),
      /it printed credentials that expired at 2025-12-31T23:00:00.000Z$/,
    ],
    [
      'credentials that have expired, by a time with an offset',
      JSON.stringify({ ...pair, Expiration: '2026-01-01T00:30:00+02:00' }),
      /expired at 2025-12-31T22:30:00.000Z$/,
    ],
  ] as const) {
    test(`fromProcess refuses a command that prints ${what}`, async () => {
      await assert.rejects(run(`console.log(${JSON.stringify(printed)})`), {
        code: 'credentialsFailed',
        message,
      });
    });
  }

  test('fromProcess takes credentials without an expiration, and those that expire in a moment', async () => {
    assert.equal((await run(print({ ...pair, Expiration: null }))).expiration, undefined);
    const expiration = new Date(now() + 1);
    assert.deepEqual((await run(print({ ...pair, Expiration: expiration }))).expiration, expiration);
  });

  test('fromProcess takes the account from the profile where the command prints none', async () => {
    const setting = 'aws_account_id = 000000000042\n';
    assert.equal((await run(print(pair), '', setting)).accountId, '000000000042');
    assert.equal((await run(print({ ...pair, AccountId: '1' }), '', setting)).accountId, '1');
  });

  test('fromProcess says file and line where botocore refuses the profile', async () => {
    await assert.rejects(run('', '', 'region\n'), { message: /config", line 3: expected "key = value"/ });
  });

  test('fromProcess does not apply to a profile that names no process', async () => {
    await using home = await Home.with();
    await assert.rejects(fromProcess({ env: home.env })(), { code: 'noCredentials' });
  });
});
