import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '../clock.ts';
import { defaultCredentialProvider } from '../credentials/default-chain.ts';
import { Home } from '../credentials/testing/home.ts';
import { identities } from './identities.ts';

suite('the credentials of an ApiFactory', () => {
  test('are those of the profile that it names, whatever keys the environment has', async () => {
    await using home = await Home.with({
      '.aws/config': '[profile dev]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = secret',
    });
    Object.assign(process.env, {
      HOME: home.path,
      AWS_ACCESS_KEY_ID: 'AKIDENVIRONMENT',
      AWS_SECRET_ACCESS_KEY: 'secret',
    });
    const { credentials: named } = identities({ profile: 'dev' }, systemClock, defaultCredentialProvider);
    assert.equal((await named?.())?.accessKeyId, 'AKIDPROFILE');
    const { credentials: unnamed } = identities({}, systemClock, defaultCredentialProvider);
    assert.equal((await unnamed?.())?.accessKeyId, 'AKIDENVIRONMENT');
  });
});
