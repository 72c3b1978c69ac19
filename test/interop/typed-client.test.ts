import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromSso } from '@latchkey/client/credentials/from-sso';
import { awsJson, environmentOf, signIn } from './harness/aws-cli.ts';
import { awsCli } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { ageCachedToken, forgetRoleCredentials, readCachedToken } from './harness/sso-cache.ts';

const tenMinutes = 600;
const whoAmI = ['sts', 'get-caller-identity'] as const;

suite("the typed clients and the AWS CLI, sharing the CLI's sign-in", {
  skip: await skipUnlessPrepared(awsCli),
}, () => {
  test('each take the token that the other has refreshed', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const tokens = [(await readCachedToken(env.HOME)).accessToken];
    for (const refresh of [
      () => fromSso({ env })(),
      () => awsJson(env, ...whoAmI),
      () => fromSso({ env })(),
      () => awsJson(env, ...whoAmI),
    ]) {
      await ageCachedToken(env.HOME, tenMinutes);
      await forgetRoleCredentials(env.HOME);
      await refresh();
      tokens.push((await readCachedToken(env.HOME)).accessToken);
    }
    assert.equal(new Set(tokens).size, 5);
  });

  test('leave a token that the other still reads', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await ageCachedToken(env.HOME, tenMinutes);
    const { accessKeyId } = await fromSso({ env })();
    const refreshed = await readCachedToken(env.HOME);
    await forgetRoleCredentials(env.HOME);
    const { Account } = await awsJson<{ readonly Account: string }>(env, ...whoAmI);
    assert.equal(Account, '000000000042');
    assert.deepEqual(await readCachedToken(env.HOME), refreshed);
    assert.match(accessKeyId, /^ASIA/);
  });
});
