import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EndpointParams } from './endpoint.ts';
import { EndpointError } from './endpoint-error.ts';
import { partitions } from './partitions.ts';
import { standardEndpoints } from './standard.ts';

const oidc = standardEndpoints({
  prefix: 'oidc',
  exceptions: {
    'aws-us-gov fips': 'https://oidc.{Region}.{dnsSuffix}',
    'cn-north-1 plain': ['https://oidc.example.com', 'cn-northwest-1'],
  },
});

function urlOf(params: EndpointParams): string {
  return oidc.resolve({ ...oidc.defaults, ...params }).url.href;
}

test('a service is at its prefix, the region and the domain of the partition', () => {
  assert.equal(urlOf({ Region: 'eu-west-1' }), 'https://oidc.eu-west-1.amazonaws.com/');
  assert.equal(urlOf({ Region: 'eu-west-1', UseFIPS: true }), 'https://oidc-fips.eu-west-1.amazonaws.com/');
  assert.equal(urlOf({ Region: 'eu-west-1', UseDualStack: true }), 'https://oidc.eu-west-1.api.aws/');
  assert.equal(
    urlOf({ Region: 'cn-northwest-1', UseFIPS: true, UseDualStack: true }),
    'https://oidc-fips.cn-northwest-1.api.amazonwebservices.com.cn/',
  );
});

test('what departs from the scheme does so for its region or partition, in its variant alone', () => {
  assert.equal(
    urlOf({ Region: 'us-gov-west-1', UseFIPS: true }),
    'https://oidc.us-gov-west-1.amazonaws.com/',
  );
  assert.equal(urlOf({ Region: 'us-gov-west-1' }), 'https://oidc.us-gov-west-1.amazonaws.com/');
  assert.deepEqual(oidc.resolve({ Region: 'cn-north-1' }), {
    url: new URL('https://oidc.example.com/'),
    authSchemes: [{ name: 'sigv4', signingRegion: 'cn-northwest-1' }],
  });
});

test('a service of a whole partition is signed for in the region that it is in', () => {
  const account = standardEndpoints({ prefix: 'account', partitional: true });
  assert.deepEqual(account.resolve({ Region: 'eu-west-1' }), {
    url: new URL('https://account.us-east-1.amazonaws.com/'),
    authSchemes: [{ name: 'sigv4', signingRegion: 'us-east-1' }],
  });
});

test('a service with dual stack only has no other domain, asked for or not', () => {
  const dsql = standardEndpoints({ prefix: 'dsql', dualStackOnly: true });
  for (const UseDualStack of [true, false])
    assert.equal(
      dsql.resolve({ Region: 'us-east-1', UseFIPS: true, UseDualStack }).url.href,
      'https://dsql-fips.us-east-1.api.aws/',
    );
});

test('a custom endpoint is taken as it is, and goes with neither FIPS nor dual stack', () => {
  const Endpoint = 'http://localhost:8484/path';
  assert.equal(urlOf({ Endpoint }), Endpoint);
  assert.throws(() => urlOf({ Endpoint, UseFIPS: true }), {
    name: 'EndpointError',
    message: 'Invalid Configuration: FIPS and custom endpoint are not supported',
  });
  assert.throws(() => urlOf({ Endpoint, UseDualStack: true }), {
    message: 'Invalid Configuration: Dualstack and custom endpoint are not supported',
  });
  assert.throws(() => urlOf({ Endpoint: 'localhost' }), {
    name: 'EndpointError',
    message: 'Endpoint "localhost": must be a URL such as https://example.com/path',
  });
});

test('no region, and a region that would lead to another host, are refused', () => {
  assert.throws(() => urlOf({}), { message: 'Invalid Configuration: Missing Region' });
  assert.throws(() => urlOf({ Region: 'example.com/' }), {
    message: 'Invalid Configuration: Region "example.com/" is not a host label',
  });
});

test('a partition without FIPS or dual stack refuses them', () => {
  const lacking = partitions.map((partition) => ({
    ...partition,
    supportsFIPS: false,
    supportsDualStack: false,
  }));
  const { resolve } = standardEndpoints({ prefix: 'oidc' }, lacking);
  const Region = 'us-east-1';
  assert.throws(() => resolve({ Region, UseFIPS: true }), /this partition does not support FIPS/);
  assert.throws(() => resolve({ Region, UseDualStack: true }), /this partition does not support DualStack/);
  assert.throws(() => resolve({ Region, UseFIPS: true, UseDualStack: true }), /does not support one or both/);
});

test('whatever the parameters, there is an endpoint within the domain of AWS, or an EndpointError', () => {
  const region = fc.oneof(fc.string(), fc.constantFrom('us-east-1', 'cn-north-1', 'aws-global'));
  const params = fc.record(
    { Region: region, UseFIPS: fc.boolean(), UseDualStack: fc.boolean() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(params, (given) => {
      try {
        assert.match(urlOf(given), /^https:\/\/oidc[^/]*\.(amazonaws\.com|api\.aws|com\.cn|example\.com)\/$/);
      } catch (error) {
        assert.ok(error instanceof EndpointError);
      }
    }),
  );
});
