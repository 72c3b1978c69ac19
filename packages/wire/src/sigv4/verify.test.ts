import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formRequest } from '../fixtures/messages.ts';
import type { WireRequest } from '../http.ts';
import { nodeCrypto } from '../node.ts';
import { parseAmzDate } from './amz-date.ts';
import { canonicalRequest } from './canonical-request.ts';
import { credentialScope } from './credential-scope.ts';
import { sha256Hex, webCrypto } from './crypto.ts';
import { presignSigV4 } from './presign.ts';
import type { SigV4Refusal } from './refusal.ts';
import { signSigV4 } from './sign.ts';
import { signature } from './signature.ts';
import { signingKey } from './signing-key.ts';
import type { SigV4VerificationOptions } from './verification-options.ts';
import { verifySigV4 } from './verify.ts';

const accessKeyId = 'ASIAEXAMPLEEXAMPLE22';
const secretAccessKey = 'example-secret';
const sessionToken = 'token+with/odd=characters';
const credentials = { accessKeyId, secretAccessKey, sessionToken };
const signedAtMs = parseAmzDate('20260102T030405Z') ?? 0;
const signing = { credentials, region: 'eu-west-1', service: 'sts', nowMs: signedAtMs, crypto: nodeCrypto };

const call = formRequest('Action=GetCallerIdentity', { host: 'sts.example.com', 'user-agent': 'example' });
const signed = await signSigV4(call, signing);
const url: WireRequest = {
  method: 'GET',
  path: '/a b',
  query: 'Action=Who&x=%2B',
  headers: { host: 'h' },
  body: new Uint8Array(),
};
const presigned = await presignSigV4(url, { ...signing, expiresSeconds: 60 });

type Options = SigV4VerificationOptions<{ secretAccessKey: string; user: string }>;

function verify(request: WireRequest, options: Partial<Options> = {}) {
  return verifySigV4(request, {
    nowMs: signedAtMs,
    services: ['sts'],
    crypto: nodeCrypto,
    findCredentials: (id, token) =>
      id === accessKeyId && token === sessionToken ? { secretAccessKey, user: 'alice' } : undefined,
    ...options,
  });
}

async function refusal(request: WireRequest, options: Partial<Options> = {}): Promise<SigV4Refusal> {
  const result = await verify(request, options);
  assert(result.kind === 'refused', 'the request was accepted');
  return result;
}

const withHeaders = (headers: WireRequest['headers'], request = signed): WireRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});
const authorization = signed.headers['authorization'] ?? '';
const withAuthorization = (change: (text: string) => string) =>
  withHeaders({ authorization: change(authorization) });
const withQuery = (change: (text: string) => string) => ({ ...presigned, query: change(presigned.query) });

describe('a signed request is accepted', () => {
  test('with what the caller knows of its key, and its scope', async () => {
    assert.deepEqual(await verify(signed), {
      kind: 'verified',
      credentials: { secretAccessKey, user: 'alice' },
      accessKeyId,
      sessionToken,
      scope: { date: '20260102', region: 'eu-west-1', service: 'sts' },
      amzDate: '20260102T030405Z',
      signature: authorization.slice(-64),
    });
  });

  test('with credentials that take time to find, and with WebCrypto', async () => {
    const findCredentials = async () => ({ secretAccessKey, user: 'alice' });
    assert.equal((await verify(signed, { findCredentials, crypto: webCrypto })).kind, 'verified');
  });

  test('without a session token', async () => {
    const long = await signSigV4(call, { ...signing, credentials: { accessKeyId, secretAccessKey } });
    const findCredentials = () => ({ secretAccessKey, user: 'alice' });
    const result = await verify(long, { findCredentials });
    assert(result.kind === 'verified');
    assert.equal(result.sessionToken, undefined);
  });

  test('when its date stands in the header Date alone', async () => {
    const scope = { date: '20260102', region: 'eu-west-1', service: 'sts' };
    const headers = {
      ...call.headers,
      date: new Date(signedAtMs).toUTCString(),
      'x-amz-security-token': sessionToken,
    };
    const names = ['date', 'host', 'x-amz-security-token'];
    const bodyHash = await sha256Hex(call.body, nodeCrypto);
    const toSign = {
      amzDate: '20260102T030405Z',
      scope,
      canonicalRequest: canonicalRequest({ ...call, headers }, names, bodyHash),
    };
    const key = await signingKey(secretAccessKey, scope, nodeCrypto);
    const value = await signature(toSign, key, nodeCrypto);
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${credentialScope(scope)}, SignedHeaders=${names.join(';')}, Signature=${value}`;
    assert.equal((await verify({ ...call, headers: { ...headers, authorization } })).kind, 'verified');
  });

  test('when a proxy has changed what nobody signs', async () => {
    const headers = { 'user-agent': 'other', 'x-amz-cf-id': 'added', 'x-forwarded-for': '192.0.2.1' };
    assert.equal((await verify(withHeaders(headers))).kind, 'verified');
  });

  test('when its authorization has no spaces after the commas', async () => {
    assert.equal((await verify(withAuthorization((text) => text.replaceAll(', ', ',')))).kind, 'verified');
  });

  test('when it names the hash of its body', async () => {
    const hash = await sha256Hex(call.body, nodeCrypto);
    const request = await signSigV4(withHeaders({ 'x-amz-content-sha256': hash }, call), signing);
    assert.equal((await verify(request)).kind, 'verified');
  });

  test('when its clock is off by less than fifteen minutes', async () => {
    for (const minutes of [-15, 15]) {
      assert.equal((await verify(signed, { nowMs: signedAtMs + minutes * 60_000 })).kind, 'verified');
    }
  });

  test('when it is presigned, until it expires', async () => {
    assert.equal((await verify(presigned)).kind, 'verified');
    assert.equal((await verify(presigned, { nowMs: signedAtMs + 60_000 })).kind, 'verified');
  });
});

describe('a presigned request whose X-Amz-Expires is ignored', () => {
  const ignoresExpires = true;
  const presign = (expiresSeconds: number) => presignSigV4(url, { ...signing, expiresSeconds });

  test('is good for fifteen minutes from its date, however short or long it says', async () => {
    for (const expiresSeconds of [1, 60, 900, 3600, 604_800]) {
      const request = await presign(expiresSeconds);
      for (const minutes of [-15, 0, 14, 15]) {
        const nowMs = signedAtMs + minutes * 60_000;
        assert.equal((await verify(request, { ignoresExpires, nowMs })).kind, 'verified');
      }
      for (const milliseconds of [15 * 60_000 + 1000, -15 * 60_000 - 1000]) {
        const nowMs = signedAtMs + milliseconds;
        assert.equal((await refusal(request, { ignoresExpires, nowMs })).code, 'SignatureDoesNotMatch');
      }
    }
  });

  test('says in its refusal that it was good for fifteen minutes', async () => {
    const nowMs = signedAtMs + 15 * 60_000 + 1000;
    assert.match(
      (await refusal(presigned, { ignoresExpires, nowMs })).message,
      /^Signature expired: .* - 15 min/,
    );
  });

  test('may lack X-Amz-Expires, as the AWS SDK for Go presigns', async () => {
    const scope = { date: '20260102', region: 'eu-west-1', service: 'sts' };
    const credential = encode(`${accessKeyId}/${credentialScope(scope)}`);
    const query = [
      'Action=Who',
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      `X-Amz-Credential=${credential}`,
      'X-Amz-Date=20260102T030405Z',
      `X-Amz-Security-Token=${encode(sessionToken)}`,
      'X-Amz-SignedHeaders=host',
    ].join('&');
    const bodyHash = await sha256Hex(url.body, nodeCrypto);
    const toSign = {
      amzDate: '20260102T030405Z',
      scope,
      canonicalRequest: canonicalRequest({ ...url, query }, ['host'], bodyHash),
    };
    const key = await signingKey(secretAccessKey, scope, nodeCrypto);
    const value = await signature(toSign, key, nodeCrypto);
    const request = { ...url, query: `${query}&X-Amz-Signature=${value}` };
    assert.equal((await verify(request, { ignoresExpires })).kind, 'verified');
    assert.equal((await refusal(request)).code, 'IncompleteSignature');
  });

  for (const value of [
    '',
    '0',
    '-1',
    '+60',
    '60s',
    '1.5',
    '6e1',
    '0x3c',
    '604801',
    '99999999999',
    '60&X-Amz-Expires=60',
  ]) {
    test(`is refused when X-Amz-Expires is ${JSON.stringify(value)}`, async () => {
      const request = withQuery((text) => text.replace('X-Amz-Expires=60', `X-Amz-Expires=${value}`));
      const { code, message } = await refusal(request, { ignoresExpires });
      assert.equal(code, 'IncompleteSignature');
      assert.match(message, /^X-Amz-Expires must be given once: a number of seconds from 1 to 604800$/);
    });
  }
});

describe('MissingAuthenticationToken', () => {
  test('for a request without signature', async () => {
    assert.equal((await refusal(call)).code, 'MissingAuthenticationToken');
  });
});

describe('IncompleteSignature', () => {
  for (const [what, request] of Object.entries({
    'another scheme': withHeaders({ authorization: 'Bearer token' }),
    'another algorithm': withAuthorization((text) => text.replace('SHA256', 'SHA1')),
    'no credential': withAuthorization((text) => text.replace(/Credential=[^,]*, /, '')),
    'a part twice': withAuthorization((text) => `${text}, Signature=${'0'.repeat(64)}`),
    'a scope cut short': withAuthorization((text) => text.replace('/aws4_request', '')),
    'a signature that is no hash': withAuthorization((text) => text.replace(/Signature=.*/, 'Signature=abc')),
    'no date': withHeaders({ 'x-amz-date': undefined }),
    'a date of another form': withHeaders({ 'x-amz-date': '2026-01-02T03:04:05Z' }),
    'host unsigned': withAuthorization((text) => text.replace('host;', '')),
    'an x-amz- header unsigned': withHeaders({ 'x-amz-target': 'Other' }),
    'a session token unsigned': withAuthorization((text) => text.replace(';x-amz-security-token', '')),
    'a header signed twice': withAuthorization((text) => text.replace('host;', 'host;host;')),
    'a signed header missing': withAuthorization((text) => text.replace('host;', 'host;x-none;')),
    'a signature in both places': { ...signed, query: presigned.query },
    'a presigned member twice': withQuery((text) => `${text}&X-Amz-Date=20260102T030405Z`),
    'no life': withQuery((text) => text.replace('X-Amz-Expires=60', '')),
    'too long a life': withQuery((text) => text.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801')),
    'a query that is not UTF-8': withQuery((text) => `${text}&%ff`),
  })) {
    test(`for ${what}`, async () => {
      assert.equal((await refusal(request)).code, 'IncompleteSignature');
    });
  }
});

describe('InvalidClientTokenId', () => {
  test('for a key, or a token, that is unknown; which of them is not said', async () => {
    const otherKey = await signSigV4(call, {
      ...signing,
      credentials: { ...credentials, accessKeyId: 'OTHER' },
    });
    const otherToken = await signSigV4(call, {
      ...signing,
      credentials: { ...credentials, sessionToken: 'other' },
    });
    const [first, second] = [await refusal(otherKey), await refusal(otherToken)];
    assert.equal(first.code, 'InvalidClientTokenId');
    assert.deepEqual(first, second);
  });
});

describe('SignatureDoesNotMatch', () => {
  for (const [what, request] of Object.entries({
    'another method': { ...signed, method: 'PUT' },
    'another path': { ...signed, path: '/other' },
    'another query': { ...signed, query: 'x=1' },
    'another body': { ...signed, body: new TextEncoder().encode('Action=Other') },
    'another host': withHeaders({ host: 'other.example.com' }),
    'another signature': withAuthorization((text) =>
      text.replace(/Signature=.*/, `Signature=${'0'.repeat(64)}`),
    ),
    'another region': withAuthorization((text) => text.replace('eu-west-1', 'eu-west-2')),
    'a presigned query with more in it': withQuery((text) => `Action=Other&${text}`),
    'a presigned query with a longer life': withQuery((text) => text.replace('Expires=60', 'Expires=61')),
  })) {
    test(`for ${what}`, async () => {
      assert.equal((await refusal(request)).code, 'SignatureDoesNotMatch');
    });
  }

  test('for a service or region that is not served here', async () => {
    assert.match(
      (await refusal(signed, { services: ['sso-oauth'] })).message,
      /service of the credential scope must be 'sso-oauth'$/,
    );
    assert.match(
      (await refusal(signed, { regions: ['us-east-1'] })).message,
      /region of the credential scope must be 'us-east-1'$/,
    );
    assert.equal((await verify(signed, { regions: ['us-east-1', 'eu-west-1'] })).kind, 'verified');
  });

  test('for a scope of another day', async () => {
    const request = withAuthorization((text) => text.replace('/20260102/', '/20260103/'));
    assert.equal(
      (await refusal(request)).message,
      'The date of the credential scope is not that of X-Amz-Date',
    );
  });

  test('for a clock that is late, with both instants, so that clients can set theirs', async () => {
    assert.deepEqual(await refusal(signed, { nowMs: signedAtMs + 15 * 60_000 + 1000 }), {
      kind: 'refused',
      code: 'SignatureDoesNotMatch',
      message:
        'Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T031906Z - 15 min.)',
    });
  });

  test('for a clock that is early', async () => {
    assert.equal(
      (await refusal(signed, { nowMs: signedAtMs - 15 * 60_000 - 1000 })).message,
      'Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z (20260102T024904Z + 15 min.)',
    );
  });

  test('for a presigned request whose life is over', async () => {
    const { message } = await refusal(presigned, { nowMs: signedAtMs + 61_000 });
    assert.equal(
      message,
      'Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030506Z - 60 s.)',
    );
  });

  test('for a body that the signature does not cover, unless the caller allows it', async () => {
    const request = await signSigV4(
      withHeaders({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }, call),
      signing,
    );
    assert.equal((await refusal(request)).code, 'SignatureDoesNotMatch');
    assert.equal((await verify(request, { allowUnsignedPayload: true })).kind, 'verified');
  });

  test('for a hash that is not of the body', async () => {
    const request = await signSigV4(withHeaders({ 'x-amz-content-sha256': '0'.repeat(64) }, call), signing);
    assert.match((await refusal(request)).message, /is not the SHA-256 of the body$/);
  });
});

test('what one end signs the other verifies, whatever path, query, headers and body', async () => {
  const text = fc.string({ unit: 'binary' });
  const member = fc.tuple(text, text).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  await fc.assert(
    fc.asyncProperty(text, fc.array(member), text, fc.uint8Array(), async (path, members, header, body) => {
      const headers = { host: 'example.com', 'x-custom': header };
      const request = { method: 'POST', path: `/${encode(path)}`, query: members.join('&'), headers, body };
      assert.equal((await verify(await signSigV4(request, signing))).kind, 'verified');
      assert.equal(
        (await verify(await presignSigV4(request, { ...signing, expiresSeconds: 1 }))).kind,
        'verified',
      );
    }),
  );
});

test('no authorization and no query make it throw', async () => {
  const part = fc.constantFrom(
    'AWS4-HMAC-SHA256',
    'Credential=',
    'SignedHeaders=',
    'Signature=',
    '/',
    ';',
    '=',
    ',',
    ' ',
    'host',
    '%',
    'X-Amz-Signature=',
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    '&',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(part).map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, text, text, async (header, query, path) => {
      assert.equal(
        (await verify({ ...withHeaders({ authorization: header }), query, path })).kind,
        'refused',
      );
      assert.equal((await verify({ ...call, query, path })).kind, 'refused');
    }),
    { numRuns: 500 },
  );
});

test('both platforms agree on every hash and HMAC', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.uint8Array(), async (key, data) => {
      assert.deepEqual(await webCrypto.sha256(data), Uint8Array.from(await nodeCrypto.sha256(data)));
      assert.deepEqual(
        await webCrypto.hmacSha256(key, data),
        Uint8Array.from(await nodeCrypto.hmacSha256(key, data)),
      );
    }),
  );
});

test('a request without host cannot be signed, nor one presigned for longer than a week', async () => {
  await assert.rejects(signSigV4({ ...call, headers: {} }, signing), TypeError);
  await assert.rejects(presignSigV4(url, { ...signing, expiresSeconds: 604_801 }), RangeError);
  await assert.rejects(presignSigV4(url, { ...signing, expiresSeconds: 0 }), RangeError);
});

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
