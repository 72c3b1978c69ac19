import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { unsignedChunks } from '../aws-chunked/unsigned-chunks.ts';
import { WireError } from '../error.ts';
import type { Bytes, ClientRequest, WireRequest } from '../http.ts';
import { nodeCrypto } from '../node.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { concat } from '../streams/concat.ts';
import { streamOf } from '../streams/stream-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { parseAmzDate } from './amz-date.ts';
import { signSigV4 } from './sign.ts';
import { signChunkedSigV4 } from './sign-chunked.ts';
import { SigningKeys } from './signing-keys.ts';
import { verifySigV4 } from './verify.ts';
import { verifyChunks } from './verify-chunks.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const nowMs = parseAmzDate('20130524T000000Z') ?? 0;
const options = {
  credentials,
  region: 'us-east-1',
  service: 's3',
  nowMs,
  disableDoubleEncoding: true,
  signingKeys: new SigningKeys(),
  crypto: nodeCrypto,
};

const put = (
  body: Bytes,
  headers: ClientRequest['headers'],
  trailers?: ClientRequest['trailers'],
): ClientRequest => ({
  method: 'PUT',
  path: '/examplebucket/chunkObject.txt',
  query: '',
  headers: { host: 's3.amazonaws.com', 'x-amz-storage-class': 'REDUCED_REDUNDANCY', ...headers },
  body,
  ...(trailers !== undefined && { trailers }),
});

async function bytesOf(body: Bytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of chunksOf(body)) parts.push(part.slice());
  return concat(parts);
}

async function textOf(body: Bytes): Promise<string> {
  return new TextDecoder().decode(await bytesOf(body));
}

/** A body that arrives in pieces of given sizes. */
function arriving(bytes: Uint8Array, sizes: readonly number[]): ReadableStream<Uint8Array> {
  return streamOf(
    (async function* () {
      let offset = 0;
      for (const size of sizes) {
        yield bytes.subarray(offset, offset + size);
        offset += size;
      }
      yield bytes.subarray(offset);
    })(),
  );
}

async function received(request: WireRequest<Bytes>): Promise<Uint8Array> {
  const verified = await verifySigV4(request, {
    nowMs,
    services: ['s3'],
    disableDoubleEncoding: true,
    allowStreamingPayload: true,
    allowUnsignedPayload: true,
    crypto: nodeCrypto,
    findCredentials: () => credentials,
  });
  assert(verified.kind === 'verified', JSON.stringify(verified));
  const { body, trailers } = await verifyChunks(request, verified, { crypto: nodeCrypto });
  const bytes = await bytesOf(body);
  await trailers;
  return bytes;
}

describe('the example of the S3 documentation', () => {
  const body = encodeUtf8('a'.repeat(66_560));

  test('is signed in chunks as S3 signs it', async () => {
    const request = await signChunkedSigV4(put(body, { 'content-length': '66560' }), options);
    assert.equal(request.headers['content-length'], '66824');
    assert.match(
      request.headers['authorization'] ?? '',
      /Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9$/,
    );
    const text = await textOf(request.body);
    assert.equal(text.length, 66_824);
    assert.deepEqual(text.match(/\b[\da-f]+;chunk-signature=[\da-f]+/g), [
      '10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      '0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ]);
  });

  test('is signed with its trailer as S3 signs it', async () => {
    const trailers = { 'x-amz-checksum-crc32c': { length: 8, value: () => 'sOO8/Q==' } };
    const headers = { 'x-amz-decoded-content-length': '66560' };
    const request = await signChunkedSigV4(put(body, headers, trailers), options);
    assert.match(
      request.headers['authorization'] ?? '',
      /Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e$/,
    );
    const text = await textOf(request.body);
    assert.deepEqual(text.match(/;chunk-signature=[\da-f]+/g), [
      ';chunk-signature=b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      ';chunk-signature=1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      ';chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ]);
    assert.ok(
      text.endsWith(
        '\r\nx-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
      ),
    );
  });
});

const sizes = fc.array(fc.nat(40_000), { maxLength: 6 });
const content = fc
  .record({ length: fc.nat(150_000), seed: fc.nat(255) })
  .map(({ length, seed }) => Uint8Array.from({ length }, (_, index) => (index * 31 + seed) % 256));

test('a body arrives whole, however it was cut on the way out and in', async () => {
  await fc.assert(
    fc.asyncProperty(
      content,
      sizes,
      sizes,
      fc.boolean(),
      fc.boolean(),
      async (bytes, out, into, isSigned, ends) => {
        const trailers = { 'x-amz-checksum-crc32': { length: 8, value: () => 'AAAAAA==' } };
        const headers = { 'content-length': String(bytes.length) };
        const request = put(arriving(bytes, out), headers, ends || !isSigned ? trailers : undefined);
        const sent = isSigned
          ? await signChunkedSigV4(request, options)
          : await signSigV4(unsignedChunks(request), options);
        const onTheWire = await bytesOf(sent.body);
        assert.equal(sent.headers['content-length'], String(onTheWire.length));
        assert.deepEqual(await received({ ...sent, body: arriving(onTheWire, into) }), bytes);
      },
    ),
    { numRuns: 30 },
  );
});

describe('a chunked body is refused', () => {
  const trailers = { 'x-amz-checksum-crc32': { length: 8, value: () => 'AAAAAA==' } };
  const sign = async () => {
    const request = await signChunkedSigV4(
      put(encodeUtf8('hello'), { 'content-length': '5' }, trailers),
      options,
    );
    return { ...request, body: await textOf(request.body) };
  };
  const changes: Record<string, (text: string) => string> = {
    'when a chunk was changed': (text) => text.replace('hello', 'hallo'),
    'when a trailer was changed': (text) => text.replace('AAAAAA==', 'BBBBBA=='),
    'when the trailers were taken off': (text) => text.replace(/x-amz-checksum.*\r\n.*\r\n/, ''),
    'when the trailers lost their signature': (text) => text.replace(/x-amz-trailer-signature.*\r\n/, ''),
    'when it breaks off': (text) => text.slice(0, 90),
    'when a chunk was taken out': (text) => text.replace(/^.*\r\nhello\r\n/, ''),
    'when a chunk claims to be too long': (text) => text.replace(/^5/, 'ffffffff'),
  };
  for (const [name, change] of Object.entries(changes)) {
    test(name, async () => {
      const request = await sign();
      const changed = change(request.body);
      assert.notEqual(changed, request.body);
      await assert.rejects(received({ ...request, body: encodeUtf8(changed) }), WireError);
    });
  }

  test('when its length is not what the headers say, signed or not', async () => {
    const request = put(encodeUtf8('hello'), { 'x-amz-decoded-content-length': '6' }, trailers);
    await assert.rejects(received(await signChunkedSigV4(request, options)), WireError);
    await assert.rejects(received(await signSigV4(unsignedChunks(request), options)), WireError);
  });
});

test('an encoding that a body has already comes before that of its chunks', () => {
  const request = unsignedChunks(put(encodeUtf8('x'), { 'content-encoding': 'gzip' }));
  assert.equal(request.headers['content-encoding'], 'gzip,aws-chunked');
});
