import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { presignedUrl } from '@latchkey/client/presign';
import { BucketAlreadyOwnedByYou, NoSuchBucket, NoSuchKey, NoSuchUpload, NotFound, S3 } from '#services/s3';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

const megabyte = 1024 * 1024;

const here = { CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } };

suite('a client of S3 (restXml), against Moto', () => {
  let server: RunningServer;
  let s3: S3;
  before(async () => {
    server = await startMoto();
    s3 = apiFactory(server, { endpointSettings: { forcePathStyle: true } }).makeNew(S3);
    await s3.createBucket({ Bucket: 'photos', ...here });
    await s3.waitForBucketExists({ Bucket: 'photos' });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const Key of ['cat.jpg', 'a folder/Grüße & 猫+%20?.txt', "it's (here)!*~/=@:;,$"]) {
    test(`reads the object "${Key}" as it was written`, async () => {
      const { ETag } = await s3.putObject({
        Bucket: 'photos',
        Key,
        Body: `body of ${Key}`,
        ContentType: 'text/plain',
        Metadata: { owner: 'alice' },
      });
      const output = await s3.getObject({ Bucket: 'photos', Key });
      assert.equal(await output.Body?.text(), `body of ${Key}`);
      assert.equal(output.ContentType, 'text/plain');
      assert.deepEqual(output.Metadata, { owner: 'alice' });
      assert.equal(output.ETag, ETag);
      assert(output.LastModified instanceof Date);
      const { Contents } = await s3.listObjectsV2({ Bucket: 'photos', Prefix: Key });
      assert.deepEqual(
        Contents?.map((object) => [object.Key, Number(object.Size)]),
        [[Key, Buffer.byteLength(`body of ${Key}`)]],
      );
    });
  }

  test('reads an empty object', async () => {
    await s3.putObject({ Bucket: 'photos', Key: 'empty' });
    const { Body, ContentLength } = await s3.getObject({ Bucket: 'photos', Key: 'empty' });
    assert.equal(Number(ContentLength), 0);
    assert.equal((await Body?.bytes())?.length ?? 0, 0);
  });

  test('streams what is written, and what is read', async () => {
    const chunks = Array.from({ length: 12 }, () => randomBytes(megabyte / 3 + 1));
    const ContentLength = Buffer.concat(chunks).length;
    const stream = ReadableStream.from(chunks.map((chunk) => new Uint8Array(chunk)));
    await s3.putObject({ Bucket: 'photos', Key: 'stream', Body: stream, ContentLength });
    const { Body, ...output } = await s3.getObject({ Bucket: 'photos', Key: 'stream' });
    const hash = createHash('sha256');
    for await (const chunk of Body ?? []) hash.update(chunk);
    assert.equal(hash.digest('hex'), createHash('sha256').update(Buffer.concat(chunks)).digest('hex'));
    assert.equal(Number(output.ContentLength), ContentLength);
  });

  test('reads a part of an object', async () => {
    await s3.putObject({ Bucket: 'photos', Key: 'digits', Body: '0123456789' });
    const { Body, ContentRange } = await s3.getObject({
      Bucket: 'photos',
      Key: 'digits',
      Range: 'bytes=2-4',
    });
    assert.equal(await Body?.text(), '234');
    assert.equal(ContentRange, 'bytes 2-4/10');
  });

  test('lists page by page, and what stands for folders', async () => {
    const keys = Array.from({ length: 7 }, (_, number) => `list/${number}`);
    for (const Key of keys) await s3.putObject({ Bucket: 'photos', Key, Body: Key });
    const list = { Bucket: 'photos', Prefix: 'list/', MaxKeys: 3 };
    const pages = await Array.fromAsync(s3.paginateListObjectsV2(list));
    assert.deepEqual(
      pages.map(({ Contents }) => Contents?.map(({ Key }) => Key)),
      [keys.slice(0, 3), keys.slice(3, 6), keys.slice(6)],
    );
    const { CommonPrefixes } = await s3.listObjectsV2({ Bucket: 'photos', Prefix: 'list', Delimiter: '/' });
    assert.deepEqual(CommonPrefixes, [{ Prefix: 'list/' }]);
  });

  test('uploads an object in parts', async () => {
    const place = { Bucket: 'photos', Key: 'parts' };
    const UploadId = (await s3.createMultipartUpload(place)).UploadId ?? '';
    const bodies = [randomBytes(5 * megabyte), randomBytes(10)];
    const Parts = [];
    for (const [index, body] of bodies.entries()) {
      const part = { ...place, UploadId, PartNumber: index + 1, Body: new Uint8Array(body) };
      const { ETag = null } = await s3.uploadPart(part);
      Parts.push({ ETag, PartNumber: index + 1 });
    }
    const sizes: unknown[] = [];
    for await (const { Size } of s3.paginateListParts({ ...place, UploadId, MaxParts: 1 }).items()) {
      sizes.push(Number(Size));
    }
    assert.deepEqual(sizes, [5 * megabyte, 10]);
    await s3.completeMultipartUpload({ ...place, UploadId, MultipartUpload: { Parts } });
    const { Body } = await s3.getObject(place);
    assert.deepEqual(await Body?.bytes(), new Uint8Array(Buffer.concat(bodies)));
    await assert.rejects(s3.abortMultipartUpload({ ...place, UploadId: 'missing' }), NoSuchUpload);
  });

  for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']) {
    test(`sends and checks ${ChecksumAlgorithm} checksums, of streams behind them`, async () => {
      const place = { Bucket: 'photos', Key: ChecksumAlgorithm };
      const algorithm = { ChecksumAlgorithm };
      const whole = await s3.putObject({ ...place, ...algorithm, Body: 'checked' });
      const Body = ReadableStream.from(['che', 'cked'].map((text) => new TextEncoder().encode(text)));
      const streamed = await s3.putObject({ ...place, ...algorithm, Body, ContentLength: 7 });
      const { Body: body, ...output } = await s3.getObject({ ...place, ChecksumMode: 'ENABLED' });
      assert.equal(await body?.text(), 'checked');
      const member = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32';
      assert.match(output[member] ?? '', /=$/);
      assert.deepEqual([whole[member], streamed[member]], [output[member], output[member]]);
    });
  }

  test('reads the events of a query as they come', async () => {
    const place = { Bucket: 'photos', Key: 'pets.csv' };
    await s3.putObject({ ...place, Body: 'name,lives\nMau,7\nMieze,9\n' });
    const { Payload } = await s3.selectObjectContent({
      ...place,
      Expression: "SELECT s.name FROM s3object s WHERE s.lives = '9'",
      ExpressionType: 'SQL',
      InputSerialization: { CSV: { FileHeaderInfo: 'USE' } },
      OutputSerialization: { CSV: {} },
    });
    const events: string[] = [];
    for await (const event of Payload ?? []) {
      if (event.Records) events.push(Buffer.from(event.Records.Payload ?? []).toString());
      else events.push(...Object.keys(event));
    }
    assert.deepEqual(events, ['Mieze\n', 'Stats', 'End']);
  });

  test('copies an object', async () => {
    await s3.putObject({ Bucket: 'photos', Key: 'original', Body: 'copied' });
    const { CopyObjectResult } = await s3.copyObject({
      Bucket: 'photos',
      Key: 'copy',
      CopySource: 'photos/original',
    });
    assert(CopyObjectResult?.LastModified instanceof Date);
    const { Body } = await s3.getObject({ Bucket: 'photos', Key: 'copy' });
    assert.equal(await Body?.text(), 'copied');
  });

  test('deletes objects, one or several, and waits until they are gone', async () => {
    const keys = ['one', 'two', 'three & four'];
    for (const Key of keys) await s3.putObject({ Bucket: 'photos', Key, Body: Key });
    await s3.deleteObject({ Bucket: 'photos', Key: 'one' });
    const { Deleted } = await s3.deleteObjects({
      Bucket: 'photos',
      Delete: { Objects: keys.slice(1).map((Key) => ({ Key })) },
    });
    assert.deepEqual(
      Deleted?.map(({ Key }) => Key),
      keys.slice(1),
    );
    for (const Key of keys) {
      const error = await s3.waitForObjectNotExists({ Bucket: 'photos', Key }, { maxWaitSeconds: 300 });
      assert(error instanceof NotFound);
    }
  });

  test('lends its right to read and to write by URL', async () => {
    const place = { Bucket: 'photos', Key: 'by url/Grüße.txt' };
    const write = await presignedUrl(s3, 'putObject', { ...place, ContentType: 'text/plain' });
    const body = 'written by URL';
    const written = await fetch(write, { method: 'PUT', body, headers: { 'content-type': 'text/plain' } });
    assert.equal(written.status, 200, await written.text());
    const read = await presignedUrl(s3, 'getObject', place, { expiresInSeconds: 600 });
    assert.equal(await (await fetch(read)).text(), body);
  });

  test('tells errors apart by their class', async () => {
    const missing = s3.getObject({ Bucket: 'photos', Key: 'missing' });
    await assert.rejects(missing, (error) => {
      assert(error instanceof NoSuchKey);
      assert(!(error instanceof NoSuchBucket));
      assert.equal(error.response.status, 404);
      return true;
    });
    await assert.rejects(s3.headObject({ Bucket: 'photos', Key: 'missing' }), NotFound);
    await assert.rejects(s3.listObjectsV2({ Bucket: 'missing' }), NoSuchBucket);
    await assert.rejects(s3.createBucket({ Bucket: 'photos', ...here }), BucketAlreadyOwnedByYou);
  });

  test('waits until a bucket is gone', async () => {
    await s3.createBucket({ Bucket: 'short-lived', ...here });
    await s3.deleteBucket({ Bucket: 'short-lived' });
    const error = await s3.waitForBucketNotExists({ Bucket: 'short-lived' }, { maxWaitSeconds: 300 });
    assert(error instanceof NotFound);
    const { Buckets } = await s3.listBuckets({});
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ['photos'],
    );
  });
});
