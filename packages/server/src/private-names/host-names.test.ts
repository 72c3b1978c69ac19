import assert from 'node:assert/strict';
import { test } from 'node:test';
import { awsHostNames, hostNameOf } from './host-names.ts';

test("AWS's host names in a region end in the domain of its partition", () => {
  const portals = ['us-east-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1', 'moon-base-1'].map(
    (region) => awsHostNames(region)[1],
  );
  assert.deepEqual(portals, [
    'portal.sso.us-east-1.amazonaws.com',
    'portal.sso.us-gov-west-1.amazonaws.com',
    'portal.sso.cn-north-1.amazonaws.com.cn',
    'portal.sso.eusc-de-east-1.amazonaws.eu',
    'portal.sso.moon-base-1.amazonaws.com',
  ]);
});

test('the host name of a Host header is without port, and in lower case', () => {
  const names = ['STS.us-east-1.amazonaws.com:8443', 'sts.us-east-1.amazonaws.com', '[::1]:443', undefined];
  assert.deepEqual(names.map(hostNameOf), [
    'sts.us-east-1.amazonaws.com',
    'sts.us-east-1.amazonaws.com',
    '[::1]',
    '',
  ]);
});
