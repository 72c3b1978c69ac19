import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import {
  aws,
  awsJson,
  environmentOf,
  runClient,
  signIn,
  signOutElsewhere,
  withoutEndpoints,
} from './harness/aws-cli.ts';
import { awsCli, yawsso } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken } from './harness/sso-cache.ts';

/** Copies the role credentials of the profile `latchkey` to the credentials file, as a profile of another name. */
const sync = ['--bin', awsCli.command[0], '--profiles', 'latchkey:copied'];

suite('yawsso, after aws sso login', { skip: await skipUnlessPrepared(yawsso, awsCli) }, () => {
  test('yawsso copies role credentials with no endpoint in the environment, and STS knows whose they are', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { exitCode, stdout, stderr } = await runClient(yawsso, withoutEndpoints(env), ...sync);
    assert.equal(exitCode, 0, stdout + stderr);
    const { Arn } = await awsJson<{ Arn: string }>(env, 'sts', 'get-caller-identity', '--profile', 'copied');
    assert.match(
      Arn,
      /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/,
    );
  });

  test('yawsso without --profiles copies every profile, and then stops at the services section', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { exitCode, stdout } = await runClient(yawsso, env, '--bin', awsCli.command[0]);
    assert.equal(exitCode, 1);
    assert.match(stdout, /No section: 'profile services latchkey'/);
    const configured = (await readFile(latchkey.configFile, 'utf8')).match(/(?<=^\[profile ).+(?=\]$)/gm);
    const copied = (await readFile(path.join(env.HOME, '.aws/credentials'), 'utf8')).match(
      /(?<=^\[).+(?=\]$)/gm,
    );
    assert.deepEqual(copied?.toSorted(), configured?.toSorted());
    assert.equal(copied?.length, 4);
  });

  test('yawsso refreshes an expired access token but does not keep the new tokens: once the grace is over, the AWS CLI has to sign in again', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    latchkey.clock.advance({ minutes: 61 });
    await runClient(yawsso, env, ...sync);
    assert.match(await readFile(path.join(env.HOME, '.aws/credentials'), 'utf8'), /^\[copied\]$/m);
    latchkey.clock.advance({ minutes: 2 });
    await ageCachedToken(env.HOME, -1);
    const { exitCode, stderr } = await aws(env, 'sts', 'get-caller-identity');
    assert.equal(exitCode, 255);
    assert.match(stderr, /Token has expired and refresh failed/);
  });

  test('yawsso copies role credentials for eight hours with a profile that has no sso-session', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await addSection(latchkey, 'profile legacy', {
      ...profileSettings(latchkey),
      sso_start_url: latchkey.startUrl,
      sso_region: latchkey.region,
    });
    await signIn(latchkey, 'legacy');
    latchkey.clock.advance({ hours: 7 });
    await runClient(yawsso, env, '--bin', awsCli.command[0], '--profiles', 'legacy');
    assert.match(await readFile(path.join(env.HOME, '.aws/credentials'), 'utf8'), /^\[legacy\]$/m);
  });

  test('yawsso asks for a sign-in when alice has signed out elsewhere', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await signOutElsewhere(env);
    const { stdout } = await runClient(yawsso, env, ...sync);
    assert.match(stdout, /Your SSO login session \(\S+\) has expired. Try aws sso login again/);
  });
});
