import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WireRequest } from '../http.ts';
import { nodeCrypto } from '../node.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import { parseAmzDate } from './amz-date.ts';
import type { SigV4Crypto } from './crypto.ts';
import { presignSigV4 } from './presign.ts';
import { signSigV4 } from './sign.ts';
import { SigningKeys } from './signing-keys.ts';
import { verifySigV4 } from './verify.ts';

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
  crypto: nodeCrypto,
};
const get: WireRequest = {
  method: 'GET',
  path: '/test.txt',
  query: '',
  headers: { host: 'examplebucket.s3.amazonaws.com' },
  body: new Uint8Array(),
};

const signatureOf = ({ headers, query }: WireRequest) =>
  /Signature=([\da-f]+)$/.exec(headers['authorization'] ?? query)?.[1];

async function isVerified(request: WireRequest): Promise<boolean> {
  const { kind } = await verifySigV4(request, {
    nowMs,
    services: ['s3'],
    disableDoubleEncoding: true,
    allowUnsignedPayload: true,
    crypto: nodeCrypto,
    findCredentials: () => credentials,
  });
  return kind === 'verified';
}

describe('the examples of the S3 documentation', () => {
  test('a part of an object, with the hash of the body in a header', async () => {
    const request = { ...get, headers: { ...get.headers, range: 'bytes=0-9' } };
    const signed = await signSigV4(request, { ...options, contentSha256Header: true });
    assert.equal(signatureOf(signed), 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
  });

  test('an object whose key is encoded in the path, once', async () => {
    const request = {
      ...get,
      method: 'PUT',
      path: '/test%24file.text',
      headers: {
        ...get.headers,
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      },
      body: encodeUtf8('Welcome to Amazon S3.'),
    };
    const signed = await signSigV4(request, { ...options, contentSha256Header: true });
    assert.equal(signatureOf(signed), '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd');
  });
});

test('a URL is presigned with a payload that nobody knows yet', async () => {
  const signed = await presignSigV4(get, { ...options, unsignedPayload: true, expiresSeconds: 86_400 });
  assert.match(signed.query, /&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&/);
  assert(await isVerified(signed));
  assert(await isVerified({ ...signed, body: encodeUtf8('anything') }));
});

test('a URL carries the headers that can stand in it', async () => {
  const headers = {
    ...get.headers,
    'x-amz-acl': 'private',
    'x-amz-server-side-encryption': 'AES256',
    'content-type': 'text/plain',
  };
  const hoisted = await presignSigV4(
    { ...get, headers },
    { ...options, expiresSeconds: 60, hoistHeaders: true },
  );
  assert.match(hoisted.query, /(?:^|&)x-amz-acl=private&/);
  assert.match(hoisted.query, /&X-Amz-SignedHeaders=content-type%3Bhost%3Bx-amz-server-side-encryption&/);
  assert.deepEqual(Object.keys(hoisted.headers), ['host', 'x-amz-server-side-encryption', 'content-type']);
  assert(await isVerified(hoisted));
});

test('a path is signed as it is, dots and double slashes included', async () => {
  const odd = { ...get, path: '/a//../b/%20' };
  const signed = await signSigV4(odd, { ...options, unsignedPayload: true });
  assert.equal(signed.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD');
  assert(await isVerified(signed));
  assert(!(await isVerified({ ...signed, path: '/b/%20' })));
});

test('a body that streams is signed only where it is left out, or says what stands for it', async () => {
  const streaming = { ...get, body: new ReadableStream<Uint8Array>() };
  await assert.rejects(signSigV4(streaming, options), /Cannot sign: the body streams/);
  const unsigned = await signSigV4(streaming, { ...options, unsignedPayload: true });
  assert.equal(unsigned.body, streaming.body);
});

test('a key is derived once a day and scope', async () => {
  let derivations = 0;
  const counting: SigV4Crypto = {
    ...nodeCrypto,
    hmacSha256(key, data) {
      if (new TextDecoder().decode(data) === 'aws4_request') derivations += 1;
      return nodeCrypto.hmacSha256(key, data);
    },
  };
  const kept = { ...options, crypto: counting, signingKeys: new SigningKeys() };
  const first = await signSigV4(get, kept);
  assert.deepEqual(await signSigV4(get, kept), first);
  assert.deepEqual(await signSigV4(get, options), first);
  assert.equal(derivations, 1);
  for (let day = 1; day <= 33; day++) await signSigV4(get, { ...kept, nowMs: nowMs + day * 86_400_000 });
  assert.equal(derivations, 34);
  await signSigV4(get, kept);
  assert.equal(derivations, 35);
});
