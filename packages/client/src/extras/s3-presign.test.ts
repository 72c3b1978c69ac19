import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getPresignedUrl } from './s3-presign.ts';

const options = {
  region: 'us-east-1',
  credentials: { awsAccessKeyId: 'AKIDEXAMPLE', awsSecretKey: 'secret' },
  bucket: 'photos',
  path: '/cats/a b.jpg',
  date: new Date('2026-01-02T03:04:05Z'),
};

test('a presigned URL of an object lasts a day, and is that of its bucket', async () => {
  const url = new URL(await getPresignedUrl(options));
  assert.equal(
    url.origin + url.pathname,
    'https://photos.s3.dualstack.us-east-1.amazonaws.com/cats/a%20b.jpg',
  );
  const query = Object.fromEntries(url.searchParams);
  assert.equal(query['X-Amz-Credential'], 'AKIDEXAMPLE/20260102/us-east-1/s3/aws4_request');
  assert.deepEqual([query['X-Amz-Date'], query['X-Amz-Expires']], ['20260102T030405Z', '86400']);
  assert.match(query['X-Amz-Signature'] ?? '', /^[0-9a-f]{64}$/);
});

test('a presigned URL has a bucket with a dot in its path, and is for the method that was asked for', async () => {
  const dotted = { ...options, bucket: 'my.photos', useDualstack: false, expiresIn: 60 };
  const get = new URL(await getPresignedUrl(dotted));
  assert.equal(get.origin + get.pathname, 'https://s3.us-east-1.amazonaws.com/my.photos/cats/a%20b.jpg');
  const put = new URL(await getPresignedUrl({ ...dotted, method: 'PUT' }));
  assert.notEqual(put.searchParams.get('X-Amz-Signature'), get.searchParams.get('X-Amz-Signature'));
  await assert.rejects(getPresignedUrl({ ...options, expiresIn: 0 }), { code: 'badInput' });
});
