import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WireError, type WireRequest } from '@latchkey/wire';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { StsError } from '../generated/sts.ts';
import { createApi } from '../http/api.ts';
import type { IncomingRequest } from '../http/route.ts';
import { type Answer, send } from '../http/testing/api.ts';
import { stsApi } from './api.ts';
import { BODY, Caller, roleCredentials } from './testing/caller.ts';

const latchkey = await startLatchkey({ accounts: [{ id: '000011112222', name: 'Sandbox' }] });
after(() => latchkey.close());
const caller = new Caller(latchkey, await roleCredentials(latchkey, 'alice'));
const inJson = { accept: 'application/json' };

function withHeaders(request: WireRequest, headers: WireRequest['headers']): WireRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

function assertIdentity({ status, headers, members, text }: Answer): void {
  assert.equal(status, 200, text);
  assert.equal(headers.get('content-type'), 'application/json');
  const requestId = headers.get('x-amzn-requestid');
  const { GetCallerIdentityResponse, ...rest } = members;
  assert.deepEqual(rest, {});
  const { GetCallerIdentityResult, ResponseMetadata, ...others } = Object(GetCallerIdentityResponse);
  assert.deepEqual(others, {});
  assert.deepEqual(ResponseMetadata, { RequestId: requestId });
  const { Account, Arn, UserId, ...more } = GetCallerIdentityResult;
  assert.deepEqual(more, {});
  assert.equal(Account, '000011112222');
  const role = 'AWSReservedSSO_Developer_[0-9a-f]{16}';
  assert.match(Arn, new RegExp(`^arn:aws:sts::000011112222:assumed-role/${role}/alice$`));
  assert.match(UserId, /^AROA[A-Z2-7]{17}:alice$/);
}

describe('GetCallerIdentity answers in JSON', () => {
  test('to aws-iam-authenticator, which replays a presigned URL with an Accept header that is not signed', async () => {
    const url = await caller.presign(60, { unsigned: caller.get({ 'x-k8s-aws-id': 'cluster-1' }) });
    const headers = { ...inJson, 'user-agent': 'Go-http-client/1.1', 'accept-encoding': 'gzip' };
    assertIdentity(await caller.deliver(withHeaders(url, headers)));
  });

  test('to Teleport, which replays a request in whose headers Accept is signed', async () => {
    const headers = {
      ...caller.request().headers,
      accept: 'application/json',
      'content-length': String(BODY.length),
      'x-teleport-challenge': '0ezlc3usTAkXeZTcfOazUq0BGrRaKmb4EwODk8U7J5A',
      'amz-sdk-invocation-id': '0d8cd1cc-5d3c-4fd7-8fb1-05a6b3b1a5a5',
      'amz-sdk-request': 'attempt=1; max=1',
    };
    const signed = await caller.sign(caller.request({ headers }));
    assert.match(signed.headers['authorization'] ?? '', /SignedHeaders=accept;/);
    const { 'content-length': _, ...sent } = signed.headers;
    assertIdentity(await caller.deliver({ ...signed, headers: sent }));
  });

  test('when JSON is one of several types, the preferred one', async () => {
    for (const accept of [
      'APPLICATION/JSON',
      'application/json; charset=utf-8',
      'text/xml;q=0.5, application/json;q=0.9',
      'application/json, text/plain, */*',
      'application/*',
    ]) {
      assertIdentity(await caller.deliver(withHeaders(await caller.sign(), { accept })));
    }
  });

  test('and in XML when the header is missing, or prefers something else', async () => {
    for (const accept of [undefined, '*/*', 'text/xml', 'text/html', 'application/json;q=0.1, text/xml']) {
      const answer = await caller.deliver(withHeaders(await caller.sign(), { accept }));
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-type'), 'text/xml', accept);
    }
  });
});

describe('an error of STS is JSON where Accept prefers it, with the status that it has in XML', async () => {
  const form = 'application/x-www-form-urlencoded';
  const post = (body: string, type = form, query = ''): WireRequest => ({
    method: 'POST',
    path: '/',
    query,
    headers: { 'content-type': type },
    body: Buffer.from(body),
  });
  const signed = await caller.sign();
  const expired = await caller.sign(caller.request(), { nowMs: latchkey.clock.now() - 16 * 60_000 });
  const unknownKey = { ...caller.keys, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' };
  const cases: Readonly<Record<string, readonly [code: string, request: WireRequest]>> = {
    'no signature': ['MissingAuthenticationToken', post(BODY)],
    'a signature that is cut short': [
      'IncompleteSignature',
      withHeaders(signed, { authorization: 'AWS4-HMAC-SHA256 Credential=x' }),
    ],
    'a changed request': ['SignatureDoesNotMatch', { ...signed, body: Buffer.from(`${BODY}&x=1`) }],
    'a signature that has expired': ['SignatureDoesNotMatch', expired],
    'a presigned URL without a sound X-Amz-Expires': [
      'IncompleteSignature',
      { ...caller.get(), query: `${BODY}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=x` },
    ],
    'a key of another instance': [
      'InvalidClientTokenId',
      await caller.sign(caller.request(), { keys: unknownKey }),
    ],
    'an operation that is not here': ['InvalidAction', post('Action=AssumeRole&Version=2011-06-15')],
    'an operation that is not here, in the query': [
      'InvalidAction',
      { ...caller.get(), query: 'Action=AssumeRole&Version=2011-06-15' },
    ],
    'no action': ['MissingAction', post('Version=2011-06-15')],
    'no form at all': ['MissingAction', post('')],
    'a form that is not percent-encoded UTF-8': ['MalformedInput', post(`${BODY}&x=%ff`)],
    'a form with a name of too many steps': ['MalformedInput', post(`${BODY}&${'a.'.repeat(300)}=1`)],
    'a body that is no form': ['UnsupportedMediaType', post('{}', 'application/json', BODY)],
    'a body that is too long': ['MalformedInput', post(`${BODY}&x=${'x'.repeat(70_000)}`)],
    'a body that is too long, with the action in the query': [
      'MalformedInput',
      post('x'.repeat(70_000), form, BODY),
    ],
  };

  for (const [what, [code, request]] of Object.entries(cases)) {
    test(`${code} for ${what}`, async () => {
      const xml = await caller.deliver(withHeaders(request, { accept: undefined }));
      assert.match(xml.text, new RegExp(`<Code>${code}</Code>`));
      const { status, headers, members } = await caller.deliver(withHeaders(request, inJson));
      assert.equal(status, xml.status);
      assert.equal(headers.get('content-type'), 'application/json');
      const message = /<Message>(.*)<\/Message>/.exec(xml.text)?.[1]?.replaceAll('&quot;', '"');
      assert.deepEqual(Object.keys(members).toSorted(), ['Error', 'RequestId']);
      assert.equal(members['RequestId'], headers.get('x-amzn-requestid'));
      const { Code, Message, Type } = Object(members['Error']);
      assert.deepEqual([Code, Type], [code, 'Sender']);
      assert.match(Message, /\w/);
      if (!/Signature expired/.test(Message)) assert.equal(Message, message);
    });
  }

  for (const [what, failure, code, status, type] of [
    [
      'calls that come too fast',
      new StsError('Throttling', { message: 'Slow down' }),
      'Throttling',
      400,
      'Sender',
    ],
    ['a failure of the server', new Error('the disk is on fire'), 'InternalFailure', 500, 'Receiver'],
    [
      'an answer that does not fit the model',
      new WireError('unwritable', 'x'),
      'InternalFailure',
      500,
      'Receiver',
    ],
  ] as const) {
    test(`${code} for ${what}`, async () => {
      const handlers = { GetCallerIdentity: () => Promise.reject(failure) };
      const api = createApi({ ...stsApi, handlers }, await createTestContext());
      const request: IncomingRequest = {
        ...withHeaders(post(BODY), inJson),
        origin: { address: '192.0.2.1', userAgent: '', requestId: 'request-1' },
        oversized: false,
      };
      const { response } = (await api.match(request)?.()) ?? assert.fail('no operation');
      assert.equal(response.status, status);
      const { Error: error, RequestId } = JSON.parse(String(response.body));
      assert.deepEqual([error.Code, error.Type, RequestId], [code, type, 'request-1']);
      assert.doesNotMatch(String(response.body), /fire/);
    });
  }
});

test('an answer in JSON is kept in no cache, and is not guessed to be something else', async () => {
  const { headers } = await send(latchkey, '/?Action=GetCallerIdentity', { headers: inJson });
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
});
