import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyOf, runsOf, wordsOfName } from './names.ts';

test('a name is read as its words, whatever its style', () => {
  for (const [name, words] of [
    ['CreateTokenRequest', ['create', 'token', 'request']],
    ['createToken', ['create', 'token']],
    ['SSOOIDC', ['ssooidc']],
    ['IAMRole', ['iam', 'role']],
    ['DBInstanceARN', ['db', 'instance', 'arn']],
    ['ListObjectsV2', ['list', 'objects', 'v2']],
    ['EC2Instance', ['ec2', 'instance']],
    ['KMS_KEY_NOT_FOUND', ['kms', 'key', 'not', 'found']],
    ['aws:sourceVpce', ['aws', 'source', 'vpce']],
    ['größe', ['gr', 'ö', 'ß', 'e']],
    ['', []],
  ] as const) {
    assert.deepEqual(wordsOfName(name), words, name);
  }
});

test('a name is found from the beginning of any of its words', () => {
  assert.deepEqual(runsOf('CreateTokenRequest'), [
    'createtokenrequest',
    'tokenrequest',
    'request',
    'create',
    'token',
  ]);
});

test('names that differ in case, spaces and punctuation have the same key', () => {
  for (const name of ['createToken', 'Create Token', 'create-token', 'CREATE_TOKEN']) {
    assert.equal(keyOf(name), 'createtoken');
  }
});
