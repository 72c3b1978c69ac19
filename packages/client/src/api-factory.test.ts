import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from './api-factory.ts';
import { Home } from './credentials/testing/home.ts';
import { startStubService } from './testing/stub-service.ts';
import { getTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';

// Nothing of whoever runs the tests.
for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) delete process.env[name];
process.env['AWS_CONFIG_FILE'] = process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const none = () => Promise.reject(new Error('There are none'));

test('a program can see at its start that it has credentials', async () => {
  await new ApiFactory({ credentials }).ensureCredentialsAvailable();
  await new ApiFactory({ credentials: 'anonymous' }).ensureCredentialsAvailable();
  await assert.rejects(
    new ApiFactory({ credentialProvider: none }).ensureCredentialsAvailable(),
    /There are none/,
  );
});

test('a program can ask which region its calls go to', async () => {
  const named = new ApiFactory({ region: 'eu-central-1', credentialProvider: none });
  assert.equal(await named.determineCurrentRegion(), 'eu-central-1');
  const given = { awsAccessKeyId: 'AKIDEXAMPLE', awsSecretKey: 'secret', region: 'eu-west-1' };
  assert.equal(await new ApiFactory({ credentials: given }).determineCurrentRegion(), 'eu-west-1');
  await assert.rejects(new ApiFactory({ credentials }).determineCurrentRegion(), { code: 'noRegion' });
});

test('a default profile with a fault stops only a program that needs something of it', async (t) => {
  await using home = await Home.with({ '.aws/config': '[default]\nregion = eu-west-1\noutput\n' });
  process.env['AWS_CONFIG_FILE'] = `${home.path}/.aws/config`;
  t.after(() => {
    process.env['AWS_CONFIG_FILE'] = '/dev/null';
  });
  const fault = { code: 'badConfiguration', message: /config", line 3: expected "key = value"/ };
  const service = await startStubService(t, () => ({}));
  const region = 'eu-central-1';
  await thermostatClient(t, service.url, { credentials, region }).call(getTemperature, { room: 'attic' });
  assert.equal(service.received.length, 1);
  assert.equal(await new ApiFactory({ credentials, region }).determineCurrentRegion(), region);
  const factory = new ApiFactory({ credentials });
  await assert.rejects(factory.determineCurrentRegion(), fault);
  await assert.rejects(new ApiFactory({ region }).ensureCredentialsAvailable(), fault);
  const asksForProfile = thermostatClient(t, service.url, { credentials, region, profile: 'default' });
  await assert.rejects(asksForProfile.call(getTemperature, { room: 'attic' }), fault);
  await home.write('.aws/config', '[default]\nregion = eu-west-1\n');
  assert.equal(await factory.determineCurrentRegion(), 'eu-west-1');
});
