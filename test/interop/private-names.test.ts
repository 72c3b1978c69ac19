import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import {
  awsJson,
  environmentOf,
  runClient,
  signInCommand,
  startAws,
  userCodeShownBy,
  withoutEndpoints,
} from './harness/aws-cli.ts';
import { skipWithoutOpenssl } from './harness/certificate.ts';
import { awsCli, sdkForGo } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { PrivateNames } from './harness/private-names.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';

/** Where nothing names an endpoint: no variable, and a profile without a `services` section. */
async function environmentOfBareProfile(latchkey: Latchkey, names: PrivateNames) {
  const { services: _, ...settings } = profileSettings(latchkey);
  await addSection(latchkey, 'profile bare', { ...settings, sso_session: 'latchkey' });
  return { ...withoutEndpoints(environmentOf(latchkey)), ...names.env, AWS_PROFILE: 'bare' };
}

const skip = (await skipUnlessPrepared(awsCli, sdkForGo)) || skipWithoutOpenssl;

suite("where AWS's own host names lead to Latchkey", { skip }, () => {
  test('the AWS CLI signs in, and it and the SDK for Go get role credentials, with no endpoint configured', async () => {
    await using latchkey = await startExample();
    await using names = await PrivateNames.start(latchkey);
    const env = await environmentOfBareProfile(latchkey, names);
    await using login = startAws(env, ...signInCommand('--use-device-code'));
    await latchkey.approve(await userCodeShownBy(login), 'alice');
    const { exitCode, stderr } = await login.finished;
    assert.equal(exitCode, 0, stderr);
    const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity');
    assert.match(Arn, /^arn:aws:sts::000000000042:.*\/alice$/);
    const go = await runClient(sdkForGo, env);
    assert.equal(go.exitCode, 0, go.stderr);
    assert.equal(JSON.parse(go.stdout).arn, Arn);
    const region = latchkey.region;
    assert.deepEqual(
      [...names.seen].toSorted(),
      ['oidc', 'portal.sso', 'sts'].map((name) => `${name}.${region}.amazonaws.com`),
    );
  });
});
