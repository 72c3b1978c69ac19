import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiFactory } from './api-factory.ts';

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
