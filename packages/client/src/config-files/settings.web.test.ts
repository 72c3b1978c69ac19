import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loadSettings } from './settings.web.ts';

suite('loadSettings of a bundle for browsers and Workers', () => {
  test('takes from the environment what the others take from it', async () => {
    const settings = await loadSettings({
      env: {
        AWS_DEFAULT_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL_SSO_OIDC: 'http://localhost:1',
        AWS_ENDPOINT_URL: 'http://localhost:2',
        AWS_MAX_ATTEMPTS: '5',
      },
    });
    assert.equal(settings.region, 'eu-west-1');
    assert.equal(settings.endpointUrl('SSO OIDC'), 'http://localhost:1');
    assert.equal(settings.endpointUrl('STS'), 'http://localhost:2');
    assert.equal(settings.value('max_attempts'), '5');
    assert.equal(settings.value('retry_mode'), undefined);
  });

  test('leaves out endpoints where the environment says to ignore them', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://localhost:2', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    assert.equal((await loadSettings({ env })).endpointUrl('STS'), undefined);
  });

  test('says that there are no profiles', async () => {
    await assert.rejects(loadSettings({ profile: 'dev', env: {} }), {
      code: 'badConfiguration',
      message: 'Cannot use profile "dev": there are no files here',
    });
  });
});
