import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findModels } from '@latchkey/smithy';
import { serviceNames } from './service-names.ts';
import { publishedModels, skipWithoutPublished } from './testing/served-models.ts';

function names(sdkId: string): readonly string[] {
  const { moduleName, className } = serviceNames({ sdkId });
  return [moduleName, className];
}

test('a client is named by the words of its sdkId, as in the AWS SDK for JavaScript v2', () => {
  assert.deepEqual(names('SSO OIDC'), ['ssooidc', 'SSOOIDC']);
  assert.deepEqual(names('DynamoDB'), ['dynamodb', 'DynamoDB']);
  assert.deepEqual(names('CloudWatch Logs'), ['cloudwatchlogs', 'CloudWatchLogs']);
  assert.deepEqual(names('nimble'), ['nimble', 'Nimble']);
});

test('the names of v2 that are by no rule are known', () => {
  assert.deepEqual(names('Elastic Load Balancing v2'), ['elbv2', 'ELBv2']);
  assert.deepEqual(names('SFN'), ['stepfunctions', 'StepFunctions']);
  assert.deepEqual(names('Cognito Identity Provider'), [
    'cognitoidentityserviceprovider',
    'CognitoIdentityServiceProvider',
  ]);
});

test('no two services have the same name', { skip: skipWithoutPublished }, async () => {
  const files = await findModels(publishedModels);
  const all = files.map((file) => serviceNames(file).moduleName);
  assert.deepEqual(all.length, new Set(all).size);
  for (const name of all) assert.match(name, /^[a-z][a-z0-9]+$/);
});
