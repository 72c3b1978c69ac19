import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { download, presignedPost, upload } from '@latchkey/client/extras/s3-transfers';
import { S3 } from '#services/s3';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

const megabyte = 1024 * 1024;
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

suite('transfers of S3, against Moto', () => {
  let server: RunningServer;
  let s3: S3;
  before(async () => {
    server = await startMoto();
    s3 = apiFactory(server).makeNew(S3);
    await s3.createBucket({
      Bucket: 'films',
      CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
    });
  });
  after(() => server[Symbol.asyncDispose]());

  test('a stream of unknown length is uploaded in parts, and downloaded by ranges', async () => {
    const film = randomBytes(17 * megabyte + 3);
    async function* stream() {
      for (let at = 0; at < film.length; at += 999_983) yield new Uint8Array(film.subarray(at, at + 999_983));
    }
    const place = { Bucket: 'films', Key: 'a film' };
    const told: number[] = [];
    const onProgress = ({ loaded }: { loaded: number }) => void told.push(loaded);
    const { ETag } = await upload(s3, { ...place, Body: stream(), ContentType: 'video/mp4' }, { onProgress });
    assert.match(ETag ?? '', /-4"$/);
    assert.equal(told.at(-1), film.length);
    const { body, head } = await download(s3, place, { partSize: 4 * megabyte, queueSize: 3 });
    assert.equal(head.ContentType, 'video/mp4');
    assert.equal(sha(await body.bytes()), sha(film));
  });

  test('an upload that fails leaves no parts behind', async () => {
    async function* broken() {
      yield new Uint8Array(11 * megabyte);
      throw new Error('disk');
    }
    await assert.rejects(upload(s3, { Bucket: 'films', Key: 'broken', Body: broken() }), { message: /disk/ });
    const { Uploads = [] } = await s3.listMultipartUploads({ Bucket: 'films' });
    assert.deepEqual(Uploads, []);
    assert.deepEqual((await s3.listObjectsV2({ Bucket: 'films', Prefix: 'broken' })).Contents, []);
  });

  test('an object that is replaced while it is downloaded is not mixed with the new one', async () => {
    const place = { Bucket: 'films', Key: 'replaced' };
    await s3.putObject({ ...place, Body: 'a'.repeat(1000) });
    const { body, checkedBy } = await download(s3, place, { partSize: 400, queueSize: 1 });
    assert.equal(checkedBy, 'CRC32');
    const reader = body.getReader();
    await reader.read();
    await s3.putObject({ ...place, Body: 'b'.repeat(1000) });
    await assert.rejects(reader.read(), { name: 'PreconditionFailed' });
  });

  test('a form uploads a file for whoever has it', async () => {
    const { url, fields } = await presignedPost(
      s3,
      { Bucket: 'films', Key: 'by form' },
      { fields: { 'Content-Type': 'text/plain' }, conditions: [['content-length-range', 1, 100]] },
    );
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob(['posted']));
    const response = await fetch(url, { method: 'POST', body: form });
    assert.ok(response.ok, await response.text());
    const { Body, ContentType } = await s3.getObject({ Bucket: 'films', Key: 'by form' });
    assert.deepEqual([await Body?.text(), ContentType], ['posted', 'text/plain']);
  });
});
