import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { isStartUrl, issuerUrl, portalUrl } from './start-url.ts';

const context = await createTestContext({ startUrls: ['https://my-company.awsapps.com/start'] });
const id = context.instanceId;

test('an instance answers to its issuer URL, its portal, its own addresses and its aliases', () => {
  const forms = [
    `https://identitycenter.amazonaws.com/${id}`,
    `https://${id}.portal.us-east-1.app.aws`,
    'http://localhost:8484/start',
    'http://localhost:8484',
    'https://my-company.awsapps.com/start',
    'https://my-company.awsapps.com',
    `https://${id}.portal.us-east-1.app.aws/start`,
    `https://${id}.portal.us-east-1.app.aws/start/#/`,
  ];
  for (const form of forms) assert.ok(isStartUrl(context, form), form);
  assert.equal(issuerUrl(context), forms[0]);
  assert.equal(portalUrl(context), forms[1]);
});

test('a trailing slash or #, and the case of scheme and host, make no difference', () => {
  const forms = [
    `https://identitycenter.amazonaws.com/${id}/`,
    `https://IdentityCenter.AmazonAWS.com/${id}`,
    'https://my-company.awsapps.com/start/',
    'https://my-company.awsapps.com/start#',
    'https://my-company.awsapps.com/start/#/',
    'https://my-company.awsapps.com/start#/',
    'HTTPS://MY-COMPANY.AWSAPPS.COM/start',
    ' https://my-company.awsapps.com/start\n',
    `https://${id}.portal.us-east-1.app.aws/`,
  ];
  for (const form of forms) assert.ok(isStartUrl(context, form), form);
});

test('anything else is not a start URL of this instance', () => {
  const forms = [
    '',
    '/',
    'start',
    'https://identitycenter.amazonaws.com/',
    'https://identitycenter.amazonaws.com/ssoins-0000000000000000',
    `https://identitycenter.amazonaws.com/${id.toUpperCase()}`,
    `http://identitycenter.amazonaws.com/${id}`,
    `https://${id}.portal.eu-west-1.app.aws`,
    'https://my-company.awsapps.com/START',
    'https://my-company.awsapps.com/start/x',
    'https://my-company.awsapps.com/start?x',
    'https://your-company.awsapps.com/start',
    'http://localhost:8485/start',
    'http://localhost:8484/restart',
  ];
  for (const form of forms) assert.ok(!isStartUrl(context, form), form);
});

test('a start URL made to be slow to compare is refused as quickly as any', () => {
  assert.equal(isStartUrl(context, `https://x${'/'.repeat(2000)}x`), false);
});
