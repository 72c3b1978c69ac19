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

  test('reads a profile whose name is quoted, and of [default] and [profile default] the one that comes last', async () => {
    await using home = await Home.with({
      '.aws/config':
        '[profile "two words"]\nregion = a\n[default]\nregion = b\nmax_attempts = 1\n[profile default]\nregion = c',
    });
    assert.equal((await loadSettings({ env: home.env, profile: 'two words' })).region, 'a');
    const settings = await loadSettings({ env: home.env });
    assert.equal(settings.region, 'c');
    assert.equal(settings.value('max_attempts'), undefined);
    await home.write('.aws/config', '[profile default]\nregion = c\n[default]\nregion = b');
    assert.equal((await loadSettings({ env: home.env })).region, 'b');
  });

  test('takes a heading of the credentials file for the name, as it stands there', async () => {
    await using home = await Home.with({
      '.aws/credentials': '[profile dev]\nregion = a\n["dev"]\nregion = b\n[dev]\nregion = c\ns3 = plain',
      '.aws/config': '[dev]\nregion = d\n[ default ]\nregion = e\n[profile dev]\noutput = json',
    });
    const value = async (profile: string, key = 'region') =>
      (await loadSettings({ env: home.env, profile })).value(key);
    assert.equal(await value('dev'), 'c');
    assert.equal(await value('dev', 'output'), 'json');
    assert.equal(await value('profile dev'), 'a');
    assert.equal(await value('"dev"'), 'b');
    await assert.rejects(value('default'), { message: /there is no profile "default"/ });
  });

  test('expands variables in AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, and then ~', async () => {
    await using home = await Home.with({
      'elsewhere/c': '[default]\nregion = a\nx = $Y',
      k: '[default]\ny = 1',
    });
    const env = {
      ...home.env,
      WHERE: 'elsewhere',
      AWS_CONFIG_FILE: '~/$WHERE/c',
      AWS_SHARED_CREDENTIALS_FILE: `${'$'}{HOME}/k`,
    };
    const settings = await loadSettings({ env });
    assert.deepEqual([settings.region, settings.value('x'), settings.value('y')], ['a', '$Y', '1']);
  });

  test('takes a folder in place of a file for no file', async () => {
    await using home = await Home.with({ '.aws/config/x': '', '.aws/credentials/x': '' });
    const settings = await loadSettings({ env: home.env });
    assert.deepEqual([settings.region, settings.fault], [undefined, undefined]);
  });

  test('takes a file that cannot be read for an empty one, and says so where a profile is missing', async () => {
    await using home = await Home.with();
    const env = { ...home.env, AWS_CONFIG_FILE: join(home.path, 'x'.repeat(300)) };
    assert.equal((await loadSettings({ env })).region, undefined);
    await assert.rejects(loadSettings({ env, profile: 'dev' }), {
      message: /there is no profile "dev" in ".*x" \(which cannot be read: ENAMETOOLONG\) or "/,
    });
  });

  test('reads a profile whatever is wrong in another', async () => {
    await using home = await Home.with({
      '.aws/config': '[profile dev]\nregion = a\n[profile odd]\n  region = b\nregion = c\noutput\n[default\n',
      '.aws/credentials': '[dev]\nmax_attempts = 5\n[other]\nx = 1\nx = 2\n',
    });
    const settings = await loadSettings({ env: home.env, profile: 'dev' });
    assert.deepEqual([settings.region, settings.value('max_attempts')], ['a', '5']);
  });

  test('says file and line where the profile asked for has a fault, in either file', async () => {
    await using home = await Home.with({
      '.aws/config': '[profile odd]\n  region = b\nregion = c\n[profile other]\n',
      '.aws/credentials': '[other]\nx = 1\nx = 2\n',
    });
    await assert.rejects(loadSettings({ env: { ...home.env, AWS_PROFILE: 'odd' } }), {
      code: 'badConfiguration',
      message: `Cannot read "${join(home.path, '.aws/config')}", line 3: "region" is also in line 2; delete one of the two`,
    });
    await assert.rejects(loadSettings({ env: home.env, profile: 'other' }), {
      code: 'badConfiguration',
      message: /credentials", line 3: "x" is also in line 2/,
    });
  });

  test('says file and line where the whole file has a fault, only to those who use a profile in it', async () => {
    await using home = await Home.with({
      '.aws/config': '\ufeff[profile dev]\nregion = a',
      '.aws/credentials': '[other]\nregion = b',
    });
    const message = /config", line 1: the file begins with a byte order mark/;
    await assert.rejects(loadSettings({ env: home.env, profile: 'dev' }), { message });
    await assert.rejects(loadSettings({ env: home.env, profile: 'gone' }), { message });
    assert.equal((await loadSettings({ env: home.env, profile: 'other' })).region, 'b');
    const unasked = await loadSettings({ env: home.env });
    assert.equal(unasked.region, undefined);
    assert.match(unasked.fault?.message ?? '', message);
  });

  test('has no settings, but the reason, where the default profile has a fault and nobody asked for it', async () => {
    await using home = await Home.with({ '.aws/config': '[default]\nregion = a\nendpoint_url\n' });
    const settings = await loadSettings({ env: { ...home.env, AWS_MAX_ATTEMPTS: '4' } });
    assert.deepEqual([settings.region, settings.value('max_attempts')], [undefined, '4']);
    assert.equal(settings.endpointUrl('STS'), undefined);
    assert.equal(settings.fault?.code, 'badConfiguration');
    assert.match(settings.fault.message, /config", line 3: expected "key = value"/);
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

  test('says file and line when a profile names a services section that has a fault', async () => {
    await using home = await Home.with({
      '.aws/config': '[default]\nservices = a\n[services a]\nsts =\n  what\n',
    });
    const settings = await loadSettings({ env: home.env });
    assert.throws(() => settings.endpointUrl('STS'), {
      code: 'badConfiguration',
      message: /config", line 5: expected "key = value" under "sts"/,
    });
  });

  test('says so when a profile names a services section that is not there', async () => {
    await using home = await Home.with({ '.aws/config': '[default]\nservices = locla\n[services local]' });
    const settings = await loadSettings({ env: home.env });
    assert.throws(() => settings.endpointUrl('STS'), {
      message: /Cannot use \[services locla\]: it is not in /,
    });
  });
});
