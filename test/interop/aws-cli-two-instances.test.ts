import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import {
  aws,
  environmentOf,
  signInCommand,
  startAws,
  userCodeShownBy,
  withoutEndpoints,
} from './harness/aws-cli.ts';
import { awsCli } from './harness/clients.ts';
import { addSection, profileSettings, startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { readCachedToken } from './harness/sso-cache.ts';

suite('the AWS CLI with two instances', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('aws sso logout ends the session of one, and deletes the token of the other without ending its session', async () => {
    await using one = await startExample();
    await using other = await startExample({ settings: { instance: { id: 'ssoins-00000000000000b2' } } });
    await describeOther(one, other);
    const env = withoutEndpoints(environmentOf(one));
    await signIn(other, 'other', env);
    const { accessToken } = await readCachedToken(env.HOME);
    await signIn(one, 'latchkey', env);
    const { exitCode, stderr } = await aws(env, 'sso', 'logout', '--profile', 'latchkey');
    assert.equal(exitCode, 0, stderr);
    await assert.rejects(readCachedToken(env.HOME));
    const headers = { 'x-amz-sso_bearer_token': accessToken };
    assert.equal((await fetch(`${other.url}/assignment/accounts`, { headers })).status, 200);
  });
});

/** Adds a profile of the other instance to the file of the one. */
async function describeOther(one: Latchkey, other: Latchkey): Promise<void> {
  await addSection(one, 'sso-session other', {
    sso_start_url: other.startUrl,
    sso_region: other.region,
    sso_registration_scopes: 'sso:account:access',
  });
  await addSection(one, 'profile other', {
    ...profileSettings(other),
    sso_session: 'other',
    services: 'other',
  });
  const nested = `\n  endpoint_url = ${other.url}`;
  await addSection(one, 'services other', { sso_oidc: nested, sso: nested, sts: nested });
}

async function signIn(latchkey: Latchkey, profile: string, env: NodeJS.ProcessEnv): Promise<void> {
  await using login = startAws(env, ...signInCommand('--use-device-code', '--profile', profile));
  await latchkey.approve(await userCodeShownBy(login), 'alice');
  const { exitCode, stderr } = await login.finished;
  assert.equal(exitCode, 0, stderr);
}
