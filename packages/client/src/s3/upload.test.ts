import assert from 'node:assert/strict';
import { ReadableStream } from 'node:stream/web';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { type UploadingClient, upload as uploadBody } from './upload.ts';

const mebibyte = 1024 * 1024;
const object = { Bucket: 'photos', Key: 'film', SSECustomerKey: 'k' };

/** A client of S3 that keeps what it is told, in order. @param refused number of the part that fails */
function recorder(refused?: number) {
  const calls: [operation: string, params: Record<string, unknown>][] = [];
  let under = 0;
  let most = 0;
  const said = (operation: string, answer: object) => async (params: Record<string, unknown>) => {
    calls.push([operation, params]);
    return answer;
  };
  const client = {
    putObject: said('putObject', { ETag: 'whole' }),
    createMultipartUpload: said('create', { UploadId: 'upload' }),
    async uploadPart(params: Record<string, unknown>) {
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
      calls.push(['part', params]);
      if (params['PartNumber'] === refused) throw new Error('refused');
      return { ETag: `etag-${params['PartNumber']}` };
    },
    completeMultipartUpload: said('complete', { ETag: 'joined' }),
    abortMultipartUpload: said('abort', {}),
  };
  return { calls, client: client as unknown as UploadingClient, most: () => most };
}

/** By the platform's own algorithm. */
function crc32Of(bytes: Uint8Array): string {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return checksum.toString('base64');
}

function bytes(length: number, chunk = 700_001): AsyncIterable<Uint8Array> {
  return (async function* () {
    for (let at = 0; at < length; at += chunk)
      yield Uint8Array.from({ length: Math.min(chunk, length - at) }, (_, index) => (at + index) % 251);
  })();
}
const upload = (client: UploadingClient, Body: unknown, options = {}) =>
  uploadBody(client, { ...object, Body } as never, options);

for (const [what, length] of [
  ['nothing', 0],
  ['one byte', 1],
  ['as much as a part', 5 * mebibyte],
] as const) {
  test(`an upload of ${what} is one request`, async () => {
    const { calls, client } = recorder();
    assert.deepEqual(await upload(client, bytes(length)), { ETag: 'whole' });
    const [[operation, params] = assert.fail(), ...others] = calls;
    assert.deepEqual(
      [operation, (params['Body'] as Uint8Array).length, others.length],
      ['putObject', length, 0],
    );
  });
}

test('a longer upload is sent in parts, several at once, and joined in order', async () => {
  const { calls, client, most } = recorder();
  const length = 26 * mebibyte + 1;
  assert.deepEqual(await upload(client, bytes(length), { queueSize: 3 }), { ETag: 'joined' });
  const parts = calls.filter(([operation]) => operation === 'part').map(([, params]) => params);
  parts.sort((a, b) => Number(a['PartNumber']) - Number(b['PartNumber']));
  assert.deepEqual(
    parts.map(({ Body }) => (Body as Uint8Array).length),
    [5, 5, 5, 5, 5].map((size) => size * mebibyte).concat(mebibyte + 1),
  );
  const joined = Buffer.concat(parts.map(({ Body }) => Body as Uint8Array));
  assert.ok(joined.every((byte, index) => byte === index % 251));
  assert.equal(most(), 3);
  const [, complete] = calls.at(-1) ?? assert.fail();
  const Parts = parts.map(({ PartNumber }) => ({ ETag: `etag-${PartNumber}`, PartNumber }));
  const ChecksumCRC32 = crc32Of(joined);
  assert.deepEqual(complete, {
    ...{ ...object, UploadId: 'upload', MultipartUpload: { Parts } },
    ...{ ChecksumType: 'FULL_OBJECT', ChecksumCRC32, MpuObjectSize: length },
  });
  assert.ok(parts.every(({ SSECustomerKey }) => SSECustomerKey === 'k'));
});

test('when a part fails, the parts are removed after the last one under way, unless they are to be left', async () => {
  for (const leavePartsOnError of [false, true]) {
    const { calls, client } = recorder(2);
    await assert.rejects(upload(client, bytes(40 * mebibyte), { leavePartsOnError }), { message: 'refused' });
    const operations = calls.map(([operation]) => operation);
    assert.equal(operations.at(-1) === 'abort', !leavePartsOnError);
    assert.ok(!operations.includes('complete'));
  }
});

test('when the body fails, the upload fails with its reason', async () => {
  const { calls, client } = recorder();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (calls.length > 0) controller.error(new Error('disk'));
      else controller.enqueue(new Uint8Array(6 * mebibyte));
    },
  });
  await assert.rejects(upload(client, body), { message: 'disk' });
  assert.equal(calls.at(-1)?.[0], 'abort');
});

test('options out of range are refused before anything is sent', async () => {
  const { calls, client } = recorder();
  await assert.rejects(upload(client, 'x', { partSize: 1 }), {
    code: 'badInput',
    message: /partSize is 1, expected/,
  });
  await assert.rejects(upload(client, 'x', { queueSize: 0 }), { code: 'badInput', message: /queueSize/ });
  assert.deepEqual(calls, []);
});

test('an upload tells how far it is, and holds no more than a part for each sender and one', async () => {
  const partSize = 5 * mebibyte;
  const progress: unknown[] = [];
  let made = 0;
  let sent = 0;
  let held = 0;
  const { client } = recorder();
  const counting: UploadingClient = {
    ...client,
    async uploadPart(params: never) {
      const { length } = (params as { Body: Uint8Array }).Body;
      held = Math.max(held, made - sent);
      await new Promise(setImmediate);
      sent += length;
      return { ETag: 'tag' };
    },
  };
  async function* body() {
    for (let index = 0; index < 48; index += 1) {
      made += mebibyte;
      held = Math.max(held, made - sent);
      yield new Uint8Array(mebibyte);
    }
  }
  const onProgress = (each: unknown) => void progress.push(each);
  await uploadBody(counting, { ...object, Body: body() } as never, { queueSize: 2, partSize, onProgress });
  assert.deepEqual(progress.at(-1), { loaded: 48 * mebibyte, total: undefined });
  assert.equal(progress.length, 10);
  assert.ok(held <= 3 * partSize + mebibyte, `${held} bytes were held`);
  await uploadBody(client, { ...object, Body: 'short' } as never, { onProgress });
  assert.deepEqual(progress.at(-1), { loaded: 5, total: 5 });
});

test('an aborted upload ends while its body stalls, cancels the body, and removes the parts', async () => {
  const { calls, client } = recorder();
  const controller = new AbortController();
  let cancelled: unknown;
  let chunks = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      chunks += 1;
      if (chunks < 3) return stream.enqueue(new Uint8Array(6 * mebibyte));
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    },
    cancel(reason) {
      cancelled = reason;
    },
  });
  await assert.rejects(upload(client, body, { signal: controller.signal }), { code: 'aborted' });
  assert.equal(calls.at(-1)?.[0], 'abort');
  assert.equal((cancelled as { code?: string }).code, 'aborted');
});

test('what a caller says of the whole body is not said of its parts', async () => {
  const { calls, client } = recorder();
  const length = 11 * mebibyte;
  const whole = { ContentLength: length, ContentMD5: 'x', ChecksumSHA256: 'y', ChecksumAlgorithm: 'SHA256' };
  await uploadBody(client, { ...object, ...whole, Body: bytes(length) } as never);
  for (const [, params] of calls) {
    assert.ok(!('ContentLength' in params || 'ContentMD5' in params || 'ChecksumSHA256' in params));
    assert.ok(!('ChecksumType' in params));
  }
});
