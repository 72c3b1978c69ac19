import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  aws,
  awsJson,
  environmentWithAws,
  runClient,
  signIn,
  signOutElsewhere,
  withoutEndpoints,
} from './harness/aws-cli.ts';
import { aws2Wrap, awsCli } from './harness/clients.ts';
import { addSection, startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken, readCachedToken } from './harness/sso-cache.ts';

const whoAmI = ['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];

suite('aws2-wrap, after aws sso login', { skip: await skipUnlessPrepared(aws2Wrap, awsCli) }, () => {
  test('aws2-wrap runs a command with the role credentials, and STS knows whose they are', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const { exitCode, stdout, stderr } = await runClient(
      aws2Wrap,
      environmentWithAws(latchkey),
      ...['--profile', 'latchkey', ...whoAmI],
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stdout,
      /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/m,
    );
  });

  test('the AWS CLI takes credentials from aws2-wrap --process, with no endpoint in the environment', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const process = [...aws2Wrap.command, '--process', '--profile', 'latchkey'];
    const settings = { credential_process: process.join(' '), region: latchkey.region, services: 'latchkey' };
    await addSection(latchkey, 'profile process', settings);
    const command = ['sts', 'get-caller-identity', '--profile', 'process'];
    const { Arn } = await awsJson<{ Arn: string }>(
      withoutEndpoints(environmentWithAws(latchkey)),
      ...command,
    );
    assert.match(Arn, /\/alice$/);
  });

  test('aws2-wrap has the AWS CLI refresh a cached token that has expired', async () => {
    await using latchkey = await startExample();
    const env = environmentWithAws(latchkey);
    await signIn(latchkey);
    const before = await readCachedToken(env.HOME);
    await ageCachedToken(env.HOME, -1);
    const { exitCode, stderr } = await runClient(aws2Wrap, env, '--profile', 'latchkey', ...whoAmI);
    assert.equal(exitCode, 0, stderr);
    assert.notEqual((await readCachedToken(env.HOME)).accessToken, before.accessToken);
  });

  test('aws2-wrap asks for a sign-in after aws sso logout', async () => {
    await using latchkey = await startExample();
    const env = environmentWithAws(latchkey);
    await signIn(latchkey);
    await aws(env, 'sso', 'logout');
    const { exitCode, stderr } = await runClient(aws2Wrap, env, '--profile', 'latchkey', ...whoAmI);
    assert.equal(exitCode, 1);
    assert.match(stderr, /Please login with 'aws sso login --profile=latchkey'/);
  });

  test('aws2-wrap shows the answer when alice has signed out elsewhere', async () => {
    await using latchkey = await startExample();
    const env = environmentWithAws(latchkey);
    await signIn(latchkey);
    await signOutElsewhere(env);
    const { exitCode, stderr } = await runClient(aws2Wrap, env, '--profile', 'latchkey', ...whoAmI);
    assert.equal(exitCode, 1);
    assert.match(stderr, /UnauthorizedException.*GetRoleCredentials operation: \S/);
  });
});
