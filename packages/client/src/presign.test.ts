import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallOptions } from './call-options.ts';
import { presignedUrl } from './presign.ts';
import { getObject, putObject, s3Metadata } from './testing/s3-service.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { getTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';
import { verifyRequest } from './testing/verify-request.ts';

const photo = { Bucket: 'photos', Key: 'cats/a b.jpg' };

/** A client as they are generated. */
function generated(client: ReturnType<typeof thermostatClient>) {
  return {
    getObject: (params: { Bucket: string; Key: string }, opts?: CallOptions): Promise<object> =>
      client.call(getObject, params, opts),
    putObject: (params: { Bucket: string; Key: string; StorageClass?: string }, opts?: CallOptions) =>
      client.call<object>(putObject, params, opts),
    getTemperature: (params: { room: string }, opts?: CallOptions): Promise<object> =>
      client.call(getTemperature, params, opts),
  };
}

test('a presigned URL is answered without credentials until it expires', async (t) => {
  const service = await startStubService(t, () => ({ body: 'meow' }));
  const clock = testClock();
  const s3 = generated(thermostatClient(t, service.url, { clock }, s3Metadata));
  const url = await presignedUrl(s3, 'getObject', photo, { expiresInSeconds: 60 });
  assert.equal(service.received.length, 0);
  assert.equal(await (await fetch(url)).text(), 'meow');
  const verdict = (nowMs: number) => verifyRequest(service.received[0], nowMs, { service: 's3', isS3: true });
  assert.equal((await verdict(clock.now() + 59_000)).kind, 'verified');
  assert.equal((await verdict(clock.now() + 61_000)).kind, 'refused');
});

test('headers of the input are part of a presigned URL, and nothing of its maker is', async (t) => {
  const s3 = generated(thermostatClient(t, 'http://localhost', { clock: testClock() }, s3Metadata));
  const url = new URL(await presignedUrl(s3, 'putObject', { ...photo, StorageClass: 'GLACIER' }));
  assert.equal(url.pathname, '/photos/cats/a%20b.jpg');
  assert.deepEqual([...url.searchParams.keys()].sort(), [
    'X-Amz-Algorithm',
    'X-Amz-Content-Sha256',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-Signature',
    'X-Amz-SignedHeaders',
    'x-amz-storage-class',
  ]);
  assert.equal(url.searchParams.get('X-Amz-SignedHeaders'), 'host');
  assert.equal(url.searchParams.get('X-Amz-Expires'), '900');
});

test('a URL is not presigned for more than a week, nor for a call that is not signed', async (t) => {
  const client = thermostatClient(t, 'http://localhost', {}, s3Metadata);
  await assert.rejects(presignedUrl(generated(client), 'getObject', photo, { expiresInSeconds: 604_801 }), {
    code: 'badInput',
    message: /^Cannot presign GetObject of S3: .*604801/,
  });
  const thermostat = generated(thermostatClient(t, 'http://localhost'));
  await assert.rejects(presignedUrl(thermostat, 'getTemperature', { room: 'hall' }), {
    code: 'badInput',
    message: /it is not signed$/,
  });
});

test('the parameters of a presigned call are checked as those of the method are', async (t) => {
  const s3 = generated(thermostatClient(t, 'http://localhost', {}, s3Metadata));
  // @ts-expect-error there is no such member
  await presignedUrl(s3, 'getObject', { ...photo, Kex: 'dog.jpg' });
  // @ts-expect-error there is no such method
  await assert.rejects(presignedUrl(s3, 'getObjekt', photo));
});
