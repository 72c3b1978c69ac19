import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromEnvironment } from './from-environment.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

suite('fromEnvironment', () => {
  test('fromEnvironment takes long-term keys', async () => {
    assert.deepEqual(await fromEnvironment({ env: keys })(), {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret',
    });
  });

  test('fromEnvironment takes temporary keys with what belongs to them', async () => {
    const env = {
      ...keys,
      AWS_SESSION_TOKEN: 'token',
      AWS_CREDENTIAL_EXPIRATION: '2026-01-01T00:00:00Z',
      AWS_ACCOUNT_ID: '000000000042',
    };
    assert.deepEqual(await fromEnvironment({ env })(), {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
      expiration: new Date('2026-01-01T00:00:00Z'),
      accountId: '000000000042',
    });
  });

  test('fromEnvironment does not apply where no key is set', async () => {
    await assert.rejects(fromEnvironment({ env: { AWS_ACCESS_KEY_ID: '' } })(), {
      code: 'noCredentials',
      message: 'AWS_ACCESS_KEY_ID is not set',
    });
  });

  test('fromEnvironment refuses half a pair', async () => {
    await assert.rejects(fromEnvironment({ env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' } })(), {
      code: 'badConfiguration',
      message: 'Cannot use AWS_ACCESS_KEY_ID: AWS_SECRET_ACCESS_KEY is not set',
    });
  });
});
