import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { aws, type Environment } from './harness/aws-cli.ts';
import { awsCli, cacheDir, interopDir, sdkForPython } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { run } from './harness/program.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

const SENTENCE =
  /Latchkey does not serve .*: it serves SSO OIDC, SSO \(the access portal\) and STS\. .*AWS_ENDPOINT_URL_STS instead/;

/** A machine on which one setting sends the calls of every service to Latchkey, with some credentials. */
function environmentOf(latchkey: Latchkey): Environment {
  return {
    PATH: process.env['PATH'],
    HOME: latchkey.env['HOME'],
    AWS_ENDPOINT_URL: latchkey.url,
    AWS_REGION: latchkey.region,
    AWS_DEFAULT_REGION: latchkey.region,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
  };
}

suite('boto3, with the calls of every service sent here', {
  skip: await skipUnlessPrepared(sdkForPython),
}, () => {
  test('shows for each API that is not here what is, and tries no call again', async () => {
    await using latchkey = await startExample();
    const program = [
      path.join(cacheDir, 'python/bin/python'),
      path.join(interopDir, 'unserved/calls.py'),
    ] as const;
    const { exitCode, stdout, stderr } = await run(program, { env: environmentOf(latchkey) });
    assert.equal(exitCode, 0, stderr);
    const answers: readonly { call: string; shown: string; status: number; retries: number }[] =
      JSON.parse(stdout);
    assert.equal(answers.length, 21);
    for (const { call, shown, status, retries } of answers) {
      assert.equal(retries, 0, call);
      assert.ok(status === 400 || status === 404, `${call}: ${status}`);
      // The answer to HEAD has no body: the status is all that there is to show.
      if (call === 's3 head_object') assert.match(shown, /\(400\) when calling the HeadObject operation/);
      else if (call.startsWith('sts '))
        assert.match(shown, /\(InvalidAction\).* there is GetCallerIdentity\b/);
      else assert.match(shown, SENTENCE, call);
    }
  });
});

suite('the AWS CLI, with the calls of every service sent here', {
  skip: await skipUnlessPrepared(awsCli),
}, () => {
  for (const command of [
    ['sso-admin', 'list-instances'],
    ['identitystore', 'list-users', '--identity-store-id', 'd-1234567890'],
    ['dynamodb', 'list-tables'],
    ['ec2', 'describe-instances'],
    ['cloudwatch', 'list-metrics'],
    ['iam', 'list-users'],
    ['lambda', 'list-functions'],
    ['s3', 'ls'],
    ['s3', 'ls', 's3://bucket/key'],
    ['s3api', 'list-objects-v2', '--bucket', 'bucket', '--no-sign-request'],
  ]) {
    test(`shows for "aws ${command.join(' ')}" what is served here`, async () => {
      await using latchkey = await startExample();
      const { exitCode, stderr } = await aws(environmentOf(latchkey), ...command);
      assert.notEqual(exitCode, 0);
      assert.match(stderr, SENTENCE);
    });
  }
});
