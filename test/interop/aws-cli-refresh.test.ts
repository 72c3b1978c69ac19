import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aws, awsJson, environmentOf, signIn } from './harness/aws-cli.ts';
import { awsCli } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { minutesUntil } from './harness/minutes-until.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import {
  ageCachedToken,
  copyAwsFolder,
  forgetRoleCredentials,
  readCachedToken,
} from './harness/sso-cache.ts';
import { WireTap } from './harness/wire-tap.ts';

const tenMinutes = 600;
const whoAmI = ['sts', 'get-caller-identity'] as const;

suite("the AWS CLI's cached token", { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('is refreshed when it is about to expire, and the new one is kept', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const before = await readCachedToken(env.HOME);
    await ageCachedToken(env.HOME, tenMinutes);
    await awsJson(env, ...whoAmI);
    const after = await readCachedToken(env.HOME);
    assert.notEqual(after.accessToken, before.accessToken);
    assert.notEqual(after.refreshToken, before.refreshToken);
    assert.ok(minutesUntil(after.expiresAt) > 50, after.expiresAt);
  });

  test('is left alone while it is fresh', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const before = await readCachedToken(env.HOME);
    await awsJson(env, ...whoAmI);
    assert.deepEqual(await readCachedToken(env.HOME), before);
  });

  test('survives two commands that refresh it at once', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await ageCachedToken(env.HOME, tenMinutes);
    const other = { ...env, HOME: await copyAwsFolder(env.HOME, 'other') };
    await Promise.all([awsJson(env, ...whoAmI), awsJson(other, ...whoAmI)]);
    const { refreshToken } = await readCachedToken(env.HOME);
    assert.equal((await readCachedToken(other.HOME)).refreshToken, refreshToken);
    await ageCachedToken(other.HOME, tenMinutes);
    await forgetRoleCredentials(other.HOME);
    await awsJson(other, ...whoAmI);
  });

  test('is refreshed though the first answer was lost on the way', async () => {
    await using latchkey = await startExample();
    await using tap = await WireTap.start(latchkey.url);
    const env = { ...environmentOf(latchkey), AWS_ENDPOINT_URL_SSO_OIDC: tap.url };
    await signIn(latchkey);
    for (const _ of ['first', 'second']) {
      tap.loseOneAnswer(({ path }) => path === '/token');
      await ageCachedToken(env.HOME, tenMinutes);
      await forgetRoleCredentials(env.HOME);
      await awsJson(env, ...whoAmI);
    }
    const answers = tap.exchanges.map(({ responseBody }): unknown => JSON.parse(responseBody).refreshToken);
    assert.equal(answers.length, 4);
    assert.equal(answers[0], answers[1]);
    assert.equal(answers[2], answers[3]);
  });

  test('ends for everybody when a refresh token comes back long after it was used', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    await ageCachedToken(env.HOME, tenMinutes);
    const thief = { ...env, HOME: await copyAwsFolder(env.HOME, 'thief') };
    await awsJson(env, ...whoAmI);
    latchkey.clock.advance({ minutes: 10 });
    await ageCachedToken(thief.HOME, -1);
    const stolen = await aws(thief, ...whoAmI);
    assert.match(stolen.stderr, /Token has expired and refresh failed/);
    await forgetRoleCredentials(env.HOME);
    const { stderr } = await aws(env, ...whoAmI);
    assert.match(stderr, /The SSO session .* has expired or is otherwise invalid/);
  });

  test('cannot be refreshed once the eight hours of the session are over', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    latchkey.clock.advance({ hours: 9 });
    await ageCachedToken(env.HOME, -1);
    const { exitCode, stderr } = await aws(env, ...whoAmI);
    assert.equal(exitCode, 255);
    assert.match(stderr, /Token has expired and refresh failed/);
  });
});
