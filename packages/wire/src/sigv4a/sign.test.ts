import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { nodeCrypto } from '../node.ts';
import { parseAmzDate } from '../sigv4/amz-date.ts';
import { canonicalRequest } from '../sigv4/canonical-request.ts';
import { sha256Hex, webCrypto } from '../sigv4/crypto.ts';
import { signSigV4a } from './sign.ts';

// The public key that AWS's own tests derive from these credentials.
const credentials = {
  accessKeyId: 'AKISORANDOMAASORANDOM',
  secretAccessKey: 'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom',
};
const publicKey = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: Buffer.from('15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb', 'hex').toString(
      'base64url',
    ),
    y: Buffer.from('0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0', 'hex').toString(
      'base64url',
    ),
  },
});
const nowMs = parseAmzDate('20150830T123600Z') ?? 0;
const request = {
  method: 'GET',
  path: '/a/../b',
  query: 'x=1',
  headers: { host: 'example.amazonaws.com' },
  body: new Uint8Array(),
};

for (const [platform, crypto] of Object.entries({ webCrypto, nodeCrypto })) {
  test(`a request is signed with the key pair that belongs to its credentials (${platform})`, async () => {
    // Signatures are random, and of different lengths.
    for (let count = 0; count < 50; count++) {
      const options = { credentials, regionSet: ['us-*', 'eu-west-1'], service: 'service', nowMs, crypto };
      const { headers } = await signSigV4a(request, options);
      assert.equal(headers['x-amz-region-set'], 'us-*,eu-west-1');
      const [, names = '', signature = ''] =
        /^AWS4-ECDSA-P256-SHA256 Credential=AKISORANDOMAASORANDOM\/20150830\/service\/aws4_request, SignedHeaders=(host;x-amz-date;x-amz-region-set), Signature=([\da-f]+)$/.exec(
          headers['authorization'] ?? '',
        ) ?? [];
      const canonical = canonicalRequest(
        { ...request, headers },
        names.split(';'),
        await sha256Hex(request.body, crypto),
      );
      const hash = await sha256Hex(canonical, crypto);
      const text = `AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n${hash}`;
      assert(verify('sha256', Buffer.from(text), publicKey, Buffer.from(signature, 'hex')));
    }
  });
}

test('a body may be left out, a path taken as it is, and a session token added', async () => {
  const { headers } = await signSigV4a(
    { ...request, body: new ReadableStream<Uint8Array>() },
    {
      credentials: { ...credentials, sessionToken: 'token' },
      regionSet: ['*'],
      service: 's3',
      nowMs,
      unsignedPayload: true,
      disableDoubleEncoding: true,
    },
  );
  assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD');
  assert.match(
    headers['authorization'] ?? '',
    /SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-region-set;x-amz-security-token,/,
  );
});
