import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { aws, awsJson, environmentOf, signIn } from './harness/aws-cli.ts';
import { awsCli } from './harness/clients.ts';
import { startExample } from './harness/example.ts';
import { minutesUntil } from './harness/minutes-until.ts';
import { skipUnlessPrepared } from './harness/readiness.ts';
import { readCachedToken } from './harness/sso-cache.ts';

interface CallerIdentity {
  readonly Account: string;
  readonly Arn: string;
  readonly UserId: string;
}

suite('the AWS CLI, signed in', { skip: await skipUnlessPrepared(awsCli) }, () => {
  test('knows who it is', async () => {
    await using latchkey = await startExample();
    await signIn(latchkey);
    const identity = await awsJson<CallerIdentity>(environmentOf(latchkey), 'sts', 'get-caller-identity');
    assert.equal(identity.Account, '000000000042');
    assert.match(
      identity.Arn,
      /^arn:aws:sts::000000000042:assumed-role\/AWSReservedSSO_ReadOnly_[0-9a-f]{16}\/alice$/,
    );
    assert.match(identity.UserId, /^AROA[A-Z0-9]+:alice$/);
  });

  test('exports credentials that work by themselves, on a machine without a profile', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { stdout } = await aws(env, 'configure', 'export-credentials', '--format', 'process');
    const exported: Record<'AccessKeyId' | 'SecretAccessKey' | 'SessionToken', string> = JSON.parse(stdout);
    const elsewhere = {
      PATH: env.PATH,
      HOME: `${env.HOME}/elsewhere`,
      AWS_ENDPOINT_URL_STS: latchkey.url,
      AWS_REGION: latchkey.region,
      AWS_ACCESS_KEY_ID: exported.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: exported.SecretAccessKey,
      AWS_SESSION_TOKEN: exported.SessionToken,
    };
    const { Arn } = await awsJson<CallerIdentity>(elsewhere, 'sts', 'get-caller-identity');
    assert.match(Arn, /ReadOnly_[0-9a-f]{16}\/alice$/);
    const forged = { ...elsewhere, AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) };
    const refused = await aws(forged, 'sts', 'get-caller-identity');
    assert.match(refused.stderr, /SignatureDoesNotMatch/);
  });

  test('lists the accounts and roles of the person, page by page', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { accessToken } = await readCachedToken(env.HOME);
    const token = ['--access-token', accessToken, '--page-size', '1'];
    const { accountList } = await awsJson<{
      accountList: readonly { readonly accountId: string; readonly accountName: string }[];
    }>(env, 'sso', 'list-accounts', ...token);
    assert.deepEqual(
      accountList.map(({ accountId, accountName }) => [accountId, accountName]),
      [
        ['000000000042', 'Production'],
        ['111111111111', 'Sandbox'],
      ],
    );
    const inSandbox = ['--account-id', '111111111111', ...token];
    assert.deepEqual(await awsJson(env, 'sso', 'list-account-roles', ...inSandbox), {
      roleList: [
        { roleName: 'Admin', accountId: '111111111111' },
        { roleName: 'ReadOnly', accountId: '111111111111' },
      ],
    });
  });

  test('gets credentials that last as long as the permission set says', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { accessToken } = await readCachedToken(env.HOME);
    const role = ['--account-id', '111111111111', '--role-name', 'Admin'];
    const { roleCredentials } = await awsJson<{ roleCredentials: { expiration: number } }>(
      env,
      ...['sso', 'get-role-credentials', ...role, '--access-token', accessToken],
    );
    const minutesLeft = minutesUntil(roleCredentials.expiration);
    assert.ok(minutesLeft > 110 && minutesLeft <= 120, `${minutesLeft} minutes left`);
  });

  test('signs out with aws sso logout: here, and on the server', async () => {
    await using latchkey = await startExample();
    const env = environmentOf(latchkey);
    await signIn(latchkey);
    const { accessToken } = await readCachedToken(env.HOME);
    assert.equal((await aws(env, 'sso', 'logout')).exitCode, 0);
    await assert.rejects(readCachedToken(env.HOME), /no file with "accessToken"/);
    const after = await aws(env, 'sso', 'list-accounts', '--access-token', accessToken);
    assert.match(after.stderr, /UnauthorizedException.*Session token not found or invalid/);
    const { stderr } = await aws(env, 'sts', 'get-caller-identity');
    assert.match(stderr, /Token for latchkey does not exist/);
  });
});
