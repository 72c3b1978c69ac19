import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EndpointError } from './endpoint-error.ts';
import { endpointRules } from './rules.ts';

/** An object is at its bucket's host in a region; a bucket whose name fits no host goes into the path. */
const store = endpointRules({
  defaults: { Region: 'us-east-1' },
  builtIns: { 'AWS::Region': 'Region' },
  settings: ['Global'],
  conditions: [
    '{Bucket}',
    ['isValidHostLabel', '{Bucket}', false],
    ['assign', 'Encoded', ['uriEncode', '{Bucket}']],
    '{Global}',
    ['assign', 'Partition', ['aws.partition', '{Region}']],
  ],
  graph: [4, 0, 1, 3, -1, -2, 2, -3, -4, 3, -5, -4, -4],
  results: [
    ['https://{Bucket}.store.{Partition#dnsSuffix}', 0],
    ['https://{Bucket}.store.{Region}.{Partition#dnsSuffix}', -1, { 'x-bucket': ['{Bucket}', 'plain'] }],
    ['https://store.{Region}.{Partition#dnsSuffix}/{Encoded}'],
    'A bucket is needed in `{Region}`',
    ['https://store.{Partition#dnsSuffix}'],
  ],
  authSchemes: [[{ name: 'sigv4', signingRegion: '{Partition#implicitGlobalRegion}' }]],
});

test('rules are followed to the endpoint that they name, with how to sign and what to send', () => {
  assert.deepEqual(store.resolve({ Bucket: 'b', Region: 'cn-north-1', Global: true }), {
    url: new URL('https://b.store.amazonaws.com.cn'),
    authSchemes: [{ name: 'sigv4', signingRegion: 'cn-northwest-1' }],
  });
  assert.deepEqual(store.resolve({ Bucket: 'b', Global: false }), {
    url: new URL('https://b.store.us-east-1.amazonaws.com'),
    headers: { 'x-bucket': ['b', 'plain'] },
  });
  assert.equal(store.resolve({ Global: true }).url.href, 'https://store.amazonaws.com/');
});

test('a value of a condition can be used after it', () => {
  assert.equal(
    store.resolve({ Bucket: 'a bucket', Region: 'eu-west-1' }).url.href,
    'https://store.eu-west-1.amazonaws.com/a%20bucket',
  );
});

test('an error of the rules is an EndpointError with their words', () => {
  assert.throws(() => store.resolve({ Region: 'eu-west-1' }), {
    name: 'EndpointError',
    message: 'A bucket is needed in `eu-west-1`',
  });
});

test('a call does not see what an earlier one assigned', () => {
  store.resolve({ Bucket: 'a bucket' });
  assert.equal(store.resolve({ Bucket: 'b' }).url.host, 'b.store.us-east-1.amazonaws.com');
  assert.throws(() => store.resolve({}), EndpointError);
});

test('a region that would lead to another host is refused', () => {
  assert.throws(() => store.resolve({ Bucket: 'b', Region: 'example.com/' }), {
    name: 'EndpointError',
    message: 'Invalid Configuration: Region "example.com/" is not a host label',
  });
});

test('whatever the parameters, there is an endpoint or an EndpointError', () => {
  const params = fc.record(
    { Bucket: fc.string(), Region: fc.string(), Global: fc.boolean() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(params, (given) => {
      try {
        assert.match(store.resolve(given).url.host, /\.amazonaws\.com(\.cn)?$/);
      } catch (error) {
        assert.ok(error instanceof EndpointError);
      }
    }),
  );
});
