import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderAwsConfig } from './aws-config.ts';

test('the default profile is written as AWS clients look for it', () => {
  const config = renderAwsConfig({
    instanceId: 'ssoins-0123456789abcdef',
    region: 'us-east-1',
    baseUrl: 'http://localhost:8484',
    profiles: [
      { name: 'default', accountId: '111122223333', roleName: 'Admin' },
      { name: 'other', accountId: '111122223333', roleName: 'Admin' },
    ],
  });
  assert.deepEqual(config.match(/^\[.*\]$/gm), [
    '[sso-session latchkey]',
    '[default]',
    '[profile other]',
    '[services latchkey]',
  ]);
});
