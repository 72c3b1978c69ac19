import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientSettings } from './client-settings.ts';
import type { Settings } from './config-files/settings.ts';

function configured(values: Readonly<Record<string, string>> = {}): Settings {
  const { region, endpoint_url } = values;
  return { region, endpointUrl: () => endpoint_url, value: (key) => values[key] };
}

test('standard retries of three attempts are the default', () => {
  const { retryMode, maxAttempts } = clientSettings({}, configured(), 'STS');
  assert.deepEqual({ retryMode, maxAttempts }, { retryMode: 'standard', maxAttempts: 3 });
});

test('an option wins over what is configured', () => {
  const settings = clientSettings(
    {
      region: 'eu-central-1',
      fixedEndpoint: new URL('http://localhost:8484'),
      maxAttempts: 5,
      appId: 'mine',
    },
    configured({ region: 'us-east-1', endpoint_url: 'http://other', max_attempts: '2', sdk_ua_app_id: 'x' }),
    'STS',
  );
  assert.equal(settings.region, 'eu-central-1');
  assert.equal(settings.endpointUrl, 'http://localhost:8484/');
  assert.equal(settings.maxAttempts, 5);
  assert.equal(settings.appId, 'mine');
});

test('variants of endpoints are configured for those of the service alone', () => {
  const variants = { use_fips_endpoint: 'true', use_dualstack_endpoint: 'True' };
  const own = clientSettings({}, configured(variants), 'STS');
  assert.deepEqual([own.useFipsEndpoint, own.useDualstackEndpoint], [true, true]);
  const other = clientSettings({}, configured({ ...variants, endpoint_url: 'http://other' }), 'STS');
  assert.deepEqual([other.useFipsEndpoint, other.useDualstackEndpoint], [undefined, undefined]);
});

test('the retry mode of SDKs long past means the standard one', () => {
  assert.equal(clientSettings({}, configured({ retry_mode: 'legacy' }), 'STS').retryMode, 'standard');
});

for (const [key, found, wanted] of [
  ['region', 'a.example.com/', 'a name such as eu-central-1'],
  ['use_fips_endpoint', 'yes', 'true or false'],
  ['retry_mode', 'patient', 'standard or adaptive'],
  ['max_attempts', '0', 'a whole number from 1'],
  ['max_attempts', 'many', 'a whole number from 1'],
] as const) {
  test(`${key} '${found}' is refused by name`, () => {
    assert.throws(() => clientSettings({}, configured({ [key]: found }), 'STS'), {
      code: 'badConfiguration',
      message: new RegExp(`^Cannot use ${key}: found '${found}', expected ${wanted}; it comes from`),
    });
  });
}
