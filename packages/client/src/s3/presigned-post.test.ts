import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { ApiFactory } from '../api-factory.ts';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { CallOptions } from '../call-options.ts';
import { putObject, s3Metadata } from '../testing/s3-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { presignedPost } from './presigned-post.ts';

function s3(options: ApiFactoryOptions = {}) {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'token' };
  const factory = new ApiFactory({ region: 'eu-central-1', credentials, clock: testClock(), ...options });
  const client = factory.buildServiceClient(s3Metadata);
  return { putObject: (params: object, options?: CallOptions) => client.call(putObject, params, options) };
}

test('a presigned form has a policy for its fields and conditions, and the signature of that', async () => {
  const { url, fields } = await presignedPost(
    s3(),
    { Bucket: 'photos', Key: 'a/cat.jpg' },
    {
      fields: { 'Content-Type': 'image/jpeg' },
      conditions: [['content-length-range', 0, 1000]],
      expiresInSeconds: 60,
    },
  );
  assert.equal(url, 'https://photos.s3.eu-central-1.amazonaws.com/');
  const { Policy = '', 'X-Amz-Signature': signature, key, ...signed } = fields;
  assert.equal(key, 'a/cat.jpg');
  assert.deepEqual(JSON.parse(Buffer.from(Policy, 'base64').toString()), {
    expiration: '2026-01-01T00:01:00.000Z',
    conditions: [
      { bucket: 'photos' },
      { key: 'a/cat.jpg' },
      { 'Content-Type': 'image/jpeg' },
      { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256' },
      { 'X-Amz-Credential': 'AKIDEXAMPLE/20260101/eu-central-1/s3/aws4_request' },
      { 'X-Amz-Date': '20260101T000000Z' },
      { 'X-Amz-Security-Token': 'token' },
      ['content-length-range', 0, 1000],
    ],
  });
  assert.deepEqual(Object.keys(signed).length, 5);
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest();
  const signingKey = ['20260101', 'eu-central-1', 's3', 'aws4_request'].reduce<Buffer>(
    hmac,
    Buffer.from('AWS4example'),
  );
  assert.equal(signature, hmac(signingKey, Policy).toString('hex'));
});

test('a presigned form takes the name of the file where the key ends with its placeholder, at an endpoint of its own', async () => {
  const client = s3({ fixedEndpoint: 'http://127.0.0.1:9000/base' });
  const Key = 'user/alice/$' + '{filename}';
  const { url, fields } = await presignedPost(client, { Bucket: 'photos', Key });
  assert.equal(url, 'http://127.0.0.1:9000/base/photos/');
  assert.equal(fields['key'], Key);
  const { conditions } = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
  assert.deepEqual(conditions[1], ['starts-with', '$key', 'user/alice/']);
});

test('a form that cannot be signed, or would live too long, is refused', async () => {
  const place = { Bucket: 'photos', Key: 'cat' };
  await assert.rejects(presignedPost(s3({ credentials: 'anonymous' }), place), {
    code: 'badInput',
    message: /not signed/,
  });
  for (const expiresInSeconds of [0, 1.5, 604_801])
    await assert.rejects(presignedPost(s3(), place, { expiresInSeconds }), {
      code: 'badInput',
      message: /expiresInSeconds/,
    });
});
