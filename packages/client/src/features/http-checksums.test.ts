import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { crc32 as crc32Of, gzipSync } from 'node:zlib';
import type { Bytes, ClientRequest, HttpChecksumTrait, ReceivedResponse } from '@latchkey/wire';
import { verifyChunks } from '@latchkey/wire/sigv4/verify-chunks';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import type { StreamingOutput } from '../call/streaming-output.ts';
import { ClientError } from '../client-error.ts';
import type { FeatureContext } from '../feature.ts';
import type { Operation } from '../operation.ts';
import { getObject, putObject, s3Metadata } from '../testing/s3-service.ts';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { verifyRequest, wireRequestOf } from '../testing/verify-request.ts';
import { httpChecksums } from './http-checksums.ts';
import { s3 } from './s3.ts';
import { s3Streams } from './s3-streams.ts';

const body = new TextEncoder().encode('123456789');
const crc32 = 'y/Q5Jg==';

const upload: HttpChecksumTrait = { requestAlgorithmMember: 'algorithm' };
const download: HttpChecksumTrait = {
  requestValidationModeMember: 'mode',
  responseAlgorithms: ['CRC32', 'SHA256', 'CRC9'],
};

function call(
  checksum: HttpChecksumTrait | undefined,
  input: FeatureContext['input'] = {},
  isPresigned = false,
  settings: Readonly<Record<string, string>> = {},
): FeatureContext {
  const algorithm = {
    target: { type: 'string' },
    traits: { httpHeader: 'X-Amz-Sdk-Checksum-Algorithm' },
  } as const;
  return {
    operation: {
      name: 'PutThing',
      input: { type: 'structure', name: 'PutThingRequest', members: { algorithm } },
      output: { type: 'structure', name: 'PutThingResponse', members: {} },
      errors: [],
      auth: ['sigv4'],
      ...(checksum && { checksum }),
    },
    input,
    version: '2006-03-01',
    isPresigned,
    customEndpoint: undefined,
    endpointSettings: undefined,
    setting: (key) => settings[key],
  };
}

function put(sent: Bytes, headers: ClientRequest['headers'] = {}): ClientRequest {
  return { method: 'PUT', path: '/', query: '', headers, body: sent };
}

function streaming(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const byte of body) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
}

async function sent(request: ClientRequest, context: FeatureContext): Promise<ClientRequest> {
  const changed = await httpChecksums.request?.(request, context);
  assert(changed !== undefined);
  return changed;
}

async function textOf(bytes: Bytes): Promise<string> {
  return Buffer.concat(await Array.fromAsync(chunksOf(bytes))).toString();
}

describe('a request', () => {
  test('carries a CRC32 where the service takes checksums, and says so', async () => {
    const { headers } = await sent(put(body), call(upload));
    assert.deepEqual(headers, { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-checksum-crc32': crc32 });
  });

  for (const [algorithm, header, checksum] of [
    ['CRC32C', 'x-amz-checksum-crc32c', '4waSgw=='],
    ['CRC64NVME', 'x-amz-checksum-crc64nvme', 'rosUhgp5mIg='],
    ['SHA1', 'x-amz-checksum-sha1', createHash('sha1').update(body).digest('base64')],
    ['SHA256', 'x-amz-checksum-sha256', createHash('sha256').update(body).digest('base64')],
  ] as const) {
    test(`carries ${algorithm} where the caller asks for it, whole or behind a stream`, async () => {
      const whole = await sent(put(body), call(upload, { algorithm }));
      assert.equal(whole.headers[header], checksum);
      const stream = await sent(put(streaming()), call(upload, { algorithm }));
      assert.equal(stream.headers[header], undefined);
      assert.equal(stream.headers['x-amz-sdk-checksum-algorithm'], algorithm);
      assert.equal(await textOf(stream.body), '123456789');
      const trailer = stream.trailers?.[header];
      assert.equal(trailer?.value(), checksum);
      assert.equal(trailer?.length, checksum.length);
    });
  }

  test('keeps the checksum that the caller gives', async () => {
    const given = put(body, { 'x-amz-checksum-sha512': 'abc' });
    assert.equal(await sent(given, call(upload)), given);
  });

  test('is refused with an algorithm that is not known', async () => {
    await assert.rejects(sent(put(body), call(upload, { algorithm: 'CRC9' })), (error) => {
      assert(error instanceof ClientError && error.code === 'badInput');
      assert.match(error.message, /found checksum algorithm "CRC9", expected one of CRC32, CRC32C, /);
      return true;
    });
  });

  test('carries Content-MD5 where a checksum is required and none can be chosen', async () => {
    const { headers } = await sent(put(body), call({ requestRequired: true }));
    assert.deepEqual(headers, { 'content-md5': createHash('md5').update(body).digest('base64') });
  });

  test('carries none where the service takes none, nor where it is presigned', async () => {
    const plain = put(body);
    assert.equal(await sent(plain, call(undefined)), plain);
    assert.equal(await sent(plain, call(download)), plain);
    assert.equal(await sent(plain, call(upload, {}, true)), plain);
  });

  test('carries only what is required or chosen where the settings say when_required', async () => {
    const settings = { request_checksum_calculation: 'WHEN_REQUIRED' };
    const plain = put(body);
    assert.equal(await sent(plain, call(upload, {}, false, settings)), plain);
    const required = await sent(plain, call({ ...upload, requestRequired: true }, {}, false, settings));
    assert.equal(required.headers['x-amz-checksum-crc32'], crc32);
    const chosen = await sent(plain, call(upload, { algorithm: 'CRC32C' }, false, settings));
    assert.equal(chosen.headers['x-amz-checksum-crc32c'], '4waSgw==');
  });
});

describe('a response', () => {
  const asked = () => {
    const context = call(download);
    return { ...context, input: httpChecksums.input?.(context) ?? {} };
  };
  const answer = (received: Bytes, headers: ReceivedResponse['headers']): ReceivedResponse<Bytes> => ({
    status: 200,
    headers,
    body: received,
  });
  const read = async (response: ReceivedResponse<Bytes>, context: FeatureContext = asked()) => {
    const checked = await httpChecksums.response?.(response, context);
    return textOf(checked?.body ?? new Uint8Array());
  };

  test('is asked for its checksum', () => {
    assert.deepEqual(asked().input, { mode: 'ENABLED' });
  });

  test('is not asked for it in a presigned URL, nor where the settings say when_required', () => {
    assert.deepEqual(httpChecksums.input?.(call(download, {}, true)), {});
    const settings = { response_checksum_validation: 'when_required' };
    assert.deepEqual(httpChecksums.input?.(call(download, {}, false, settings)), {});
  });

  test('is handed on where its body has its checksum', async () => {
    assert.equal(await read(answer(body, { 'x-amz-checksum-crc32': crc32 })), '123456789');
    assert.equal(await read(answer(streaming(), { 'x-amz-checksum-crc32': crc32 })), '123456789');
  });

  for (const header of ['x-amz-checksum-crc32', 'x-amz-checksum-sha256']) {
    test(`fails where its body does not have its ${header}, a stream at its end`, async () => {
      const failure = { name: 'ClientError', code: 'badResponse' };
      await assert.rejects(read(answer(body, { [header]: 'AAAAAA==' })), failure);
      await assert.rejects(read(answer(streaming(), { [header]: 'AAAAAA==' })), failure);
    });
  }

  test('is not checked where its checksum is of parts, unknown, or was not asked for', async () => {
    const composite = { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-type': 'COMPOSITE' };
    assert.equal(await read(answer(body, { 'x-amz-checksum-crc32': 'AAAAAA==-2' })), '123456789');
    assert.equal(await read(answer(body, composite)), '123456789');
    assert.equal(await read(answer(body, { 'x-amz-checksum-crc9': 'AAAAAA==' })), '123456789');
    assert.equal(
      await read(answer(body, { 'x-amz-checksum-crc32': 'AAAAAA==' }), call(download)),
      '123456789',
    );
  });
});

test('an upload that streams carries its checksum behind it, signed', async (t) => {
  const service = await startStubService(t, () => ({ body: '' }));
  const clock = testClock();
  const metadata = { ...s3Metadata, features: [s3Streams, s3, httpChecksums] };
  const client = thermostatClient(t, service.url, { clock }, metadata);
  const operation = { ...putObject, checksum: upload };
  await client.call(operation, { Bucket: 'photos', Key: 'cat', Body: streaming(), ContentLength: 9 });
  const [request] = service.received;
  const verified = await verifyRequest(request, clock.now(), { service: 's3', isS3: true });
  assert(verified.kind === 'verified');
  const received = await verifyChunks(wireRequestOf(request), verified);
  assert.equal(await textOf(received.body), '123456789');
  assert.deepEqual(await received.trailers, { 'x-amz-checksum-crc32': crc32 });
});

for (const [name, options, found] of [
  ['node:http', {}, gzipSync(body)],
  ['fetch, which unpacks it', { fetch }, body],
] as const) {
  test(`a download that is stored packed, with the checksum of that, is taken by ${name}`, async (t) => {
    const packed = gzipSync(body);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32Of(packed));
    const headers = { 'content-encoding': 'gzip', 'x-amz-checksum-crc32': checksum.toString('base64') };
    const service = await startStubService(t, () => ({ headers, body: packed }));
    const metadata = { ...s3Metadata, features: [s3Streams, s3, httpChecksums] };
    const { input, output } = getObject;
    const text = { type: 'string' } as const;
    const operation: Operation = {
      ...getObject,
      checksum: download,
      input: {
        ...input,
        members: { ...input.members, mode: { target: text, traits: { httpHeader: 'x-amz-checksum-mode' } } },
      },
      output: {
        ...output,
        members: {
          ...output.members,
          ChecksumCRC32: { target: text, traits: { httpHeader: 'x-amz-checksum-crc32' } },
        },
      },
    };
    const client = thermostatClient(t, service.url, options, metadata);
    const { Body, ChecksumCRC32 } = await client.call<{ Body: StreamingOutput; ChecksumCRC32: string }>(
      operation,
      { Bucket: 'photos', Key: 'cat' },
    );
    assert.deepEqual(await Body.bytes(), new Uint8Array(found));
    assert.equal(ChecksumCRC32, checksum.toString('base64'));
  });
}
