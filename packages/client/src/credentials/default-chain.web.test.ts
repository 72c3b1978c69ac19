import assert from 'node:assert/strict';
import { test } from 'node:test';

// What runtime this is is decided once, when the modules are loaded.
Object.assign(globalThis, { WebSocketPair: class {} });
const { platform } = await import('../platform/platform.ts');
const { defaultCredentialProvider } = await import('./default-chain.ts');

test('defaultCredentialProvider looks for no files and no machine in a browser or Worker', async () => {
  assert.equal(platform, 'web');
  await assert.rejects(defaultCredentialProvider({ env: {} })(), {
    code: 'noCredentials',
    message: `Cannot find credentials:
  Environment: AWS_ACCESS_KEY_ID is not set
Pass credentials or a credentialProvider to the ApiFactory`,
  });
  const env = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
  assert.equal((await defaultCredentialProvider({ env })()).accessKeyId, 'AKIDEXAMPLE');
});
