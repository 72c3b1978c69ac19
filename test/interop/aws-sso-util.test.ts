import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import {
  awsJson,
  environmentOf,
  environmentWithAws,
  runClient,
  startClient,
  userCodeShownBy,
} from './harness/aws-cli.ts';
import { awsCli, awsSsoUtil } from './harness/clients.ts';
import { addSection, startExample } from './harness/example.ts';
import type { RunningProgram } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** `aws-sso-util login` as a person without a browser on that machine would type it. */
function startLogin(latchkey: Latchkey): RunningProgram {
  const { startUrl, region } = latchkey;
  return startClient(awsSsoUtil, environmentOf(latchkey), 'login', '--headless', startUrl, region);
}

async function signIn(latchkey: Latchkey): Promise<void> {
  await using login = startLogin(latchkey);
  await latchkey.approve(await userCodeShownBy(login), 'alice');
  const { exitCode, stderr } = await login.finished;
  assert.equal(exitCode, 0, stderr);
}

function instanceOptions({ startUrl, region }: Latchkey): readonly string[] {
  return ['--sso-start-url', startUrl, '--sso-region', region];
}

suite('aws-sso-util', { skip: await skipUnlessPrepared(awsSsoUtil, awsCli) }, () => {
  test('aws-sso-util login signs in with a device code, and run-as runs a command with the role', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const role = ['--account-id', '000000000042', '--role-name', 'ReadOnly'];
    const command = ['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
    const runAs = ['run-as', ...instanceOptions(latchkey), ...role, ...command];
    const ran = await runClient(awsSsoUtil, environmentWithAws(latchkey), ...runAs);
    assert.equal(ran.exitCode, 0, ran.stderr);
    assert.match(
      ran.stdout,
      /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/m,
    );
  });

  test('aws-sso-util configure populate writes a profile for each role, and the AWS CLI takes them', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const populate = ['configure', 'populate', ...instanceOptions(latchkey), '--region', latchkey.region];
    const { exitCode, stderr } = await runClient(awsSsoUtil, env, ...populate);
    assert.equal(exitCode, 0, stderr);
    for (const [profile, account] of [
      ['Production.ReadOnly', '000000000042'],
      ['Sandbox.Admin', '111111111111'],
    ] as const) {
      const command = ['sts', 'get-caller-identity', '--profile', profile];
      assert.equal((await awsJson<{ Account: string }>(env, ...command)).Account, account);
    }
  });

  test('the AWS CLI takes credentials from aws-sso-util credential-process', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const role = ['--account-id', '000000000042', '--role-name', 'ReadOnly'];
    const process = [...awsSsoUtil.command, 'credential-process', ...instanceOptions(latchkey), ...role];
    await addSection(latchkey, 'profile process', { credential_process: process.join(' ') });
    const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity', '--profile', 'process');
    assert.match(Arn, /\/alice$/);
  });

  test('aws-sso-util login says why when the person denies the device', async () => {
    await using latchkey = await startExample();
    await using login = startLogin(latchkey);
    await latchkey.deny(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 4);
    assert.match(stderr, /Login failed: AccessDeniedException \(\S/);
  });

  test('aws-sso-util login says that its window has expired when nobody answers for ten minutes', async () => {
    await using latchkey = await startExample();
    await using login = startLogin(latchkey);
    await userCodeShownBy(login);
    latchkey.clock.advance({ minutes: 11 });
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 2);
    assert.match(stderr, /Login window expired/);
  });

  test('aws-sso-util credential-process asks for a sign-in when nobody has signed in', async () => {
    await using latchkey = await startExample();
    const role = ['--account-id', '000000000042', '--role-name', 'ReadOnly'];
    const process = ['credential-process', ...instanceOptions(latchkey), ...role];
    const { exitCode, stderr } = await runClient(awsSsoUtil, environmentOf(latchkey), ...process);
    assert.equal(exitCode, 1);
    assert.match(stderr, /Login required. Use `aws-sso-util login/);
  });
});
