import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ClientError } from './client-error.ts';
import { CoreApiFactory } from './core-api-factory.ts';
import { credentialChain } from './credentials/chain.ts';
import { fromEnvironment } from './credentials/from-environment.ts';

const keys = { accessKeyId: 'AKIDCHOSEN', secretAccessKey: 'secret', region: 'eu-central-1' };
const absent = async () => {
  throw new ClientError('noCredentials', 'there is nothing');
};

suite('a CoreApiFactory', () => {
  test('looks for credentials in the sources that the program names, in their order, and in no other', async () => {
    const env = { AWS_ACCESS_KEY_ID: '' };
    const asked: (string | undefined)[] = [];
    const factory = new CoreApiFactory({ profile: 'dev' }, ({ profile }) => {
      asked.push(profile);
      return credentialChain({
        Environment: fromEnvironment({ env }),
        Absent: absent,
        Chosen: async () => keys,
      });
    });
    await factory.ensureCredentialsAvailable();
    assert.deepEqual(asked, ['dev']);
    const failing = new CoreApiFactory({}, () =>
      credentialChain({ Environment: fromEnvironment({ env }), Vault: absent }),
    );
    await assert.rejects(failing.ensureCredentialsAvailable(), {
      code: 'noCredentials',
      message: /^Cannot find credentials:\n {2}Environment: .*\n {2}Vault: there is nothing\n/,
    });
  });

  test('ends the search at a source that is configured but fails', async () => {
    const broken = async () => {
      throw new ClientError('credentialsFailed', 'the vault is sealed');
    };
    const factory = new CoreApiFactory({}, () =>
      credentialChain({ Vault: broken, Chosen: async () => keys }),
    );
    await assert.rejects(factory.ensureCredentialsAvailable(), { message: 'the vault is sealed' });
  });

  test('without sources finds none, and takes those of an option', async () => {
    await assert.rejects(new CoreApiFactory().ensureCredentialsAvailable(), { code: 'noCredentials' });
    await new CoreApiFactory({ credentials: keys }).ensureCredentialsAvailable();
  });
});
