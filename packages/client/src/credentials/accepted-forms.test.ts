import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toCredentialProvider, toCredentials } from './accepted-forms.ts';
import type { Credentials } from './credentials.ts';

const expiresAt = new Date('2026-01-01T00:00:00Z');
const theirs = {
  awsAccessKeyId: 'AKIDEXAMPLE',
  awsSecretKey: 'secret',
  sessionToken: 'token',
  region: 'eu-west-1',
  expiresAt,
};
const ours = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  region: 'eu-west-1',
  expiration: expiresAt,
};

suite('credentials that a program hands over', () => {
  test('are taken as they are, or as aws_api spells them', () => {
    assert.equal(toCredentials(ours), ours);
    assert.deepEqual(toCredentials(theirs), ours);
    assert.deepEqual(toCredentials({ awsAccessKeyId: 'a', awsSecretKey: 'b' }), {
      accessKeyId: 'a',
      secretAccessKey: 'b',
    });
  });

  test('may come from a function, or from an object as aws_api has it', async () => {
    assert.deepEqual(await toCredentialProvider(async () => ours)(), ours);
    const object = {
      credentials: theirs,
      async getCredentials() {
        return this.credentials;
      },
    };
    assert.deepEqual(await toCredentialProvider(object)(), ours);
  });

  test('that lack a key are refused, so that nothing is signed with "undefined"', async () => {
    const lacking = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: undefined } as unknown as Credentials;
    assert.throws(() => toCredentials(lacking), {
      code: 'badConfiguration',
      message: 'Cannot use the option credentials: secretAccessKey is missing',
    });
    const empty = { awsAccessKeyId: '', awsSecretKey: 'secret' };
    assert.throws(() => toCredentials(empty), { message: /accessKeyId is missing/ });
    const nothing = toCredentialProvider(async () => undefined as unknown as Credentials);
    await assert.rejects(nothing(), {
      code: 'badConfiguration',
      message: 'Cannot use what credentialProvider gave: accessKeyId is missing',
    });
  });

  test('are remembered when a function gave them, and asked for at every call from an object', async () => {
    let asked = 0;
    const getCredentials = async () => {
      asked += 1;
      return { accessKeyId: `key ${asked}`, secretAccessKey: 'secret' };
    };
    const remembering = toCredentialProvider(getCredentials);
    await remembering();
    assert.equal((await remembering()).accessKeyId, 'key 1');
    const forgetting = toCredentialProvider({ getCredentials });
    await forgetting();
    assert.equal((await forgetting()).accessKeyId, 'key 3');
  });
});
