import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Home } from '../credentials/testing/home.ts';
import { loadSettings } from './settings.ts';

suite('loadSettings', () => {
  test('takes the region from AWS_REGION, then from the profile', async () => {
    await using home = await Home.with({ '.aws/config': '[profile dev]\nregion = eu-west-1' });
    const env = { ...home.env, AWS_PROFILE: 'dev' };
    assert.equal((await loadSettings({ env })).region, 'eu-west-1');
    assert.equal((await loadSettings({ env: { ...env, AWS_REGION: 'us-west-2' } })).region, 'us-west-2');
  });

  test('has nothing to say where there are no files', async () => {
    await using home = await Home.with();
    const settings = await loadSettings({ env: home.env });
    assert.equal(settings.region, undefined);
    assert.equal(settings.endpointUrl('SSO'), undefined);
    assert.equal(settings.value('max_attempts'), undefined);
  });

  test('reads the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name, ~ being the home folder', async () => {
    await using home = await Home.with({
      'elsewhere/c': '[default]\nregion = eu-west-1\nmax_attempts = 5',
      'elsewhere/k': '[default]\nregion = eu-west-2',
    });
    const env = {
      ...home.env,
      AWS_CONFIG_FILE: '~/elsewhere/c',
      AWS_SHARED_CREDENTIALS_FILE: join(home.path, 'elsewhere/k'),
    };
    const settings = await loadSettings({ env });
    assert.equal(settings.region, 'eu-west-2');
    assert.equal(settings.value('max_attempts'), '5');
  });

  test('reads a profile whose name is quoted, and [profile default] instead of [default]', async () => {
    await using home = await Home.with({
      '.aws/config':
        '[profile "two words"]\nregion = a\n[default]\nregion = b\nmax_attempts = 1\n[profile default]\nregion = c',
    });
    assert.equal((await loadSettings({ env: home.env, profile: 'two words' })).region, 'a');
    const settings = await loadSettings({ env: home.env });
    assert.equal(settings.region, 'c');
    assert.equal(settings.value('max_attempts'), undefined);
  });

  test('says which files lack a profile that was asked for', async () => {
    await using home = await Home.with({ '.aws/config': '[profile dev]' });
    await assert.rejects(loadSettings({ env: home.env, profile: 'prod' }), {
      code: 'badConfiguration',
      message: `Cannot read the settings: there is no profile "prod" in "${join(home.path, '.aws/config')}" or "${join(home.path, '.aws/credentials')}"; there are: dev (name one by AWS_PROFILE, or by profile of the ApiFactory)`,
    });
  });

  test('finds the endpoint of a service in AWS order', async () => {
    await using home = await Home.with({
      '.aws/config': `
[profile dev]
services = local
endpoint_url = http://profile
[services local]
sso_oidc =
  endpoint_url = http://section
`,
    });
    const env = { ...home.env, AWS_PROFILE: 'dev' };
    const endpoint = async (more: Record<string, string>, serviceId = 'SSO OIDC') =>
      (await loadSettings({ env: { ...env, ...more } })).endpointUrl(serviceId);
    assert.equal(
      await endpoint({ AWS_ENDPOINT_URL_SSO_OIDC: 'http://own', AWS_ENDPOINT_URL: 'http://all' }),
      'http://own',
    );
    assert.equal(await endpoint({ AWS_ENDPOINT_URL: 'http://all' }), 'http://all');
    assert.equal(await endpoint({}), 'http://section');
    assert.equal(await endpoint({}, 'STS'), 'http://profile');
    assert.equal(
      await endpoint({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all' }),
      undefined,
    );
  });

  test('says so when a profile names a services section that is not there', async () => {
    await using home = await Home.with({ '.aws/config': '[default]\nservices = locla\n[services local]' });
    const settings = await loadSettings({ env: home.env });
    assert.throws(() => settings.endpointUrl('STS'), {
      message: /Cannot use \[services locla\]: it is not in /,
    });
  });
});
