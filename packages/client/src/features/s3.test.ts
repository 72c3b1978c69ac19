import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyChunks } from '@latchkey/wire/sigv4/verify-chunks';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import type { ApiFactoryOptions } from '../api-factory-options.ts';
import { copyObject, getObject, headObject, putObject, s3Metadata } from '../testing/s3-service.ts';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { verifyRequest, wireRequestOf } from '../testing/verify-request.ts';

const photo = { Bucket: 'photos', Key: 'cats/a b.jpg' };
const asS3 = { service: 's3', isS3: true };

test('the bucket that the endpoint has is not in the path again', async (t) => {
  const service = await startStubService(t, () => ({ body: 'meow' }));
  const clock = testClock();
  await thermostatClient(t, service.url, { clock }, s3Metadata).call(getObject, photo);
  assert.equal(service.received[0]?.url, '/photos/cats/a%20b.jpg?x-id=GetObject');
  assert.equal((await verifyRequest(service.received[0], clock.now(), asS3)).kind, 'verified');
});

test('the bucket stands before the host where the rules put it there', async (t) => {
  const urls: string[] = [];
  const fetch: ApiFactoryOptions['fetch'] = async (url) => {
    urls.push(String(url));
    return new Response('meow');
  };
  const client = thermostatClient(t, '', { fixedEndpoint: undefined, fetch }, s3Metadata);
  await client.call(getObject, photo);
  assert.deepEqual(urls, ['https://photos.s3.eu-central-1.amazonaws.com/cats/a%20b.jpg?x-id=GetObject']);
});

test('dots in a key are sent as they are, and so signed', async (t) => {
  const service = await startStubService(t, () => ({}));
  const clock = testClock();
  await thermostatClient(t, service.url, { clock }, s3Metadata).call(getObject, { ...photo, Key: '../a//b' });
  assert.equal(service.received[0]?.url, '/photos/../a//b?x-id=GetObject');
  assert.equal((await verifyRequest(service.received[0], clock.now(), asS3)).kind, 'verified');
});

test('the hash of a body that is whole is sent with it', async (t) => {
  const service = await startStubService(t, () => ({ body: '' }));
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock }, s3Metadata);
  await client.call(putObject, { ...photo, Body: 'meow' });
  const [request] = service.received;
  assert.match(String(request?.headers['x-amz-content-sha256']), /^[0-9a-f]{64}$/);
  assert.equal((await verifyRequest(request, clock.now(), asS3)).kind, 'verified');
});

for (const [name, options] of [
  ['node:http', {}],
  ['fetch', { fetch: globalThis.fetch }],
] as const) {
  test(`text beyond ASCII in a header goes out over ${name} as the UTF-8 that was signed`, async (t) => {
    const clock = testClock();
    for (const StorageClass of ['groß', 'b/ü', '日本 👍', '\u00a0x\u3000', 'a\u00a0\u00a0b']) {
      const service = await startStubService(t, () => ({ body: '' }));
      const client = thermostatClient(t, service.url, { clock, ...options }, s3Metadata);
      await client.call(putObject, { ...photo, Body: 'meow', StorageClass });
      const [request] = service.received;
      const sent = Buffer.from(String(request?.headers['x-amz-storage-class']), 'latin1');
      assert.equal(sent.toString(), StorageClass);
      assert.equal((await verifyRequest(request, clock.now(), asS3)).kind, 'verified', StorageClass);
    }
  });
}

test('half of a surrogate pair in a header is refused, and nothing is sent', async (t) => {
  const service = await startStubService(t, () => ({ body: '' }));
  const client = thermostatClient(t, service.url, {}, s3Metadata);
  const call = client.call(putObject, { ...photo, Body: 'meow', StorageClass: 'a\ud83d' });
  await assert.rejects(call, { code: 'badInput', message: /StorageClass.*surrogate/ });
  assert.equal(service.received.length, 0);
});

test('a body that streams over plain http is signed in chunks', async (t) => {
  const service = await startStubService(t, () => ({ body: '' }));
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock }, s3Metadata);
  const input = { ...photo, Body: new Blob(['meow, meow']).stream(), ContentLength: 10 };
  await client.call(putObject, input);
  const [request] = service.received;
  const verified = await verifyRequest(request, clock.now(), asS3);
  assert.ok(verified.kind === 'verified');
  assert.equal(request?.headers['x-amz-decoded-content-length'], '10');
  const { body } = await verifyChunks(wireRequestOf(request), verified);
  let text = '';
  for await (const chunk of chunksOf(body)) text += new TextDecoder().decode(chunk);
  assert.equal(text, 'meow, meow');
});

test('a body that streams over TLS is left to it', async (t) => {
  let headers = new Headers();
  const fetch: ApiFactoryOptions['fetch'] = async (_url, init) => {
    headers = new Headers(init?.headers);
    return new Response();
  };
  const client = thermostatClient(t, '', { fixedEndpoint: undefined, fetch }, s3Metadata);
  await client.call(putObject, { ...photo, Body: new Blob(['meow']).stream() });
  assert.equal(headers.get('x-amz-content-sha256'), 'UNSIGNED-PAYLOAD');
});

test('an error behind status 200 is an error, and tried again', async (t) => {
  const body = '<?xml version="1.0"?>\n\n<Error><Code>InternalError</Code><Message>Sorry</Message></Error>';
  const service = await startStubService(t, () => ({ body }));
  const client = thermostatClient(t, service.url, { clock: testClock() }, s3Metadata);
  await assert.rejects(client.call(copyObject, photo), { name: 'InternalError', message: 'Sorry' });
  assert.equal(service.received.length, 3);
});

test('a copy whose answer breaks off behind status 200 has not succeeded, and is tried again', async (t) => {
  const answers = ['', '', '<CopyObjectResult><ETag>e</ETag></CopyObjectResult>'];
  const service = await startStubService(t, () => ({ body: answers.shift() ?? '' }));
  const client = thermostatClient(t, service.url, { clock: testClock() }, s3Metadata);
  assert.deepEqual(await client.call(copyObject, photo), { CopyObjectResult: { ETag: 'e' } });
  await assert.rejects(client.call(copyObject, photo), {
    name: 'InternalError',
    message: /broke off behind/,
  });
});

test('the sign-in page of a network is no stored object, though it comes with status 200', async (t) => {
  for (const type of ['text/html', 'Text/HTML; charset=utf-8', undefined]) {
    const headers = type === undefined ? {} : { 'content-type': type };
    const body = '<html><body>Please sign in</body></html>';
    const service = await startStubService(t, () => ({ body, headers }));
    const client = thermostatClient(t, service.url, {}, s3Metadata);
    await assert.rejects(client.call(putObject, { ...photo, Body: 'meow' }), { code: 'badResponse' });
  }
});

test('an object that is not there is NotFound to HEAD, whose answer cannot say so', async (t) => {
  const service = await startStubService(t, () => ({ status: 404, body: '' }));
  const client = thermostatClient(t, service.url, {}, s3Metadata);
  await assert.rejects(client.call(headObject, photo), { name: 'NotFound' });
});

for (const [expires, date] of [
  ['Thu, 01 Dec 1994 16:00:00 GMT', new Date('1994-12-01T16:00:00Z')],
  ['0', undefined],
  ['in a year', undefined],
  ['1994-12-01T16:00:00Z', undefined],
  [undefined, undefined],
] as const) {
  test(`S3's header Expires: ${expires ?? 'none'} is read as text, and as a date where it is one`, async (t) => {
    const service = await startStubService(t, () => ({ headers: { ...(expires && { expires }) } }));
    const header = { httpHeader: 'Expires' };
    const members = {
      Expires: { target: { type: 'timestamp' }, traits: header },
      ExpiresString: { target: { type: 'string' }, traits: header },
    } as const;
    const operation = {
      ...headObject,
      output: { type: 'structure', name: 'HeadObjectOutput', members },
    } as const;
    const output = await thermostatClient(t, service.url, {}, s3Metadata).call(operation, photo);
    assert.deepEqual(output, { ...(date && { Expires: date }), ...(expires && { ExpiresString: expires }) });
  });
}
