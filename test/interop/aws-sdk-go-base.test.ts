import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { environmentOf, runClient, signIn, withoutEndpoints } from './harness/aws-cli.ts';
import { awsCli, awsSdkGoBase } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { testSdk } from './harness/sdk-suite.ts';

await testSdk(awsSdkGoBase);

suite('the endpoints block of a Terraform provider', {
  skip: await skipUnlessPrepared(awsSdkGoBase, awsCli),
}, () => {
  test('aws-sdk-go-base needs no other setting to use a cached token while it lasts', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const { services: _, ...settings } = profileSettings(latchkey);
    await addSection(latchkey, 'profile bare', { ...settings, sso_session: 'latchkey' });
    const { exitCode, stdout, stderr } = await runClient(
      awsSdkGoBase,
      { ...withoutEndpoints(environmentOf(latchkey)), AWS_PROFILE: 'bare' },
      ...['-sso-endpoint', latchkey.url, '-sts-endpoint', latchkey.url],
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(JSON.parse(stdout).arn, /\/alice$/);
  });
});
