import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromWebIdentity } from './from-web-identity.ts';
import { Home } from './testing/home.ts';
import { Loopback } from './testing/loopback.ts';
import { askedOf, signerOf, startSts } from './testing/sts.ts';

const roleArn = 'arn:aws:iam::000000000042:role/Builder';

suite('fromWebIdentity', () => {
  test('fromWebIdentity assumes the role with the token in the file, without the line break at its end', async () => {
    await using home = await Home.with({ token: 'eyJ.eyJ.sig\n' });
    await using sts = await startSts();
    const env = {
      ...home.env,
      AWS_WEB_IDENTITY_TOKEN_FILE: '~/token',
      AWS_ROLE_ARN: roleArn,
      AWS_ROLE_SESSION_NAME: 'build-7',
      AWS_ENDPOINT_URL_STS: sts.url,
    };
    assert.deepEqual(await fromWebIdentity({ env })(), {
      accessKeyId: 'assumed-by-nobody',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
      accountId: '000000000042',
    });
    assert.deepEqual(askedOf(sts), [
      {
        Action: 'AssumeRoleWithWebIdentity',
        RoleArn: roleArn,
        RoleSessionName: 'build-7',
        WebIdentityToken: 'eyJ.eyJ.sig',
      },
    ]);
    assert.equal(sts.received.map(signerOf)[0], 'nobody');
  });

  test('fromWebIdentity does not fail for a default profile with a fault, which nobody asked for', async () => {
    await using home = await Home.with({ token: 'eyJ', '.aws/config': '[default]\nregion\n' });
    await using sts = await startSts();
    const env = {
      ...home.env,
      AWS_WEB_IDENTITY_TOKEN_FILE: '~/token',
      AWS_ROLE_ARN: roleArn,
      AWS_ENDPOINT_URL_STS: sts.url,
    };
    assert.equal((await fromWebIdentity({ env })()).accessKeyId, 'assumed-by-nobody');
    await assert.rejects(fromWebIdentity({ env: { ...env, AWS_PROFILE: 'default' } })(), {
      message: /config", line 2: expected "key = value"/,
    });
  });

  test('fromWebIdentity gives up a service that does not answer, so that nobody waits for ever', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    await using home = await Home.with({ token: 'eyJ' });
    await using sts = await Loopback.start(() => {
      t.mock.timers.tick(20_000);
      return new Promise(() => {});
    });
    const env = {
      ...home.env,
      AWS_WEB_IDENTITY_TOKEN_FILE: '~/token',
      AWS_ROLE_ARN: roleArn,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_MAX_ATTEMPTS: '1',
    };
    await assert.rejects(fromWebIdentity({ env })(), { code: 'timedOut', message: /20000 ms/ });
  });

  test('fromWebIdentity names the session itself where nobody does', async () => {
    await using home = await Home.with({ token: 'eyJ' });
    await using sts = await startSts();
    const env = {
      ...home.env,
      AWS_WEB_IDENTITY_TOKEN_FILE: '~/token',
      AWS_ROLE_ARN: roleArn,
      AWS_ENDPOINT_URL_STS: sts.url,
    };
    await fromWebIdentity({ env })();
    assert.match(askedOf(sts)[0]?.['RoleSessionName'] ?? '', /^latchkey-client-\d+$/);
  });

  test('fromWebIdentity says which file is missing or empty', async () => {
    await using home = await Home.with({ empty: '\n' });
    const provider = (file: string) =>
      fromWebIdentity({ env: { ...home.env, AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: roleArn } });
    await assert.rejects(provider('~/empty')(), {
      code: 'badConfiguration',
      message: `Cannot assume "${roleArn}": the web identity token file "${home.path}/empty" is empty`,
    });
    await assert.rejects(provider('~/gone')(), { message: /gone" is not there/ });
  });

  test('fromWebIdentity says that the role is missing beside the token', async () => {
    await assert.rejects(fromWebIdentity({ env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' } })(), {
      code: 'badConfiguration',
      message: 'Cannot use AWS_WEB_IDENTITY_TOKEN_FILE: AWS_ROLE_ARN is not set',
    });
  });

  test('fromWebIdentity does not apply where no token is named', async () => {
    await assert.rejects(fromWebIdentity({ env: {} })(), { code: 'noCredentials' });
  });
});
