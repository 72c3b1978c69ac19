import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { awsQueryClient, presignSigV4, signSigV4, type WireRequest } from '@latchkey/wire';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { stsService } from '../generated/sts.ts';
import { send } from '../http/testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) };
const signing = () => ({ credentials, region: 'us-east-1', nowMs: latchkey.clock.now(), service: 'sts' });
const client = awsQueryClient({
  name: 'AWSSecurityTokenServiceV20110615',
  namespace: 'x',
  version: '2011-06-15',
});
const unit = { type: 'structure', name: 'Unit', members: {} } as const;
const html = 'text/html,application/xhtml+xml,*/*;q=0.8';

/** A call as an AWS client makes it whose endpoint for STS is set with a path. */
function callAt(path: string, action: string): WireRequest {
  const headers = { host: new URL(latchkey.url).host, 'content-type': 'application/x-www-form-urlencoded' };
  const body = Buffer.from(`Action=${action}&Version=2011-06-15`);
  return { method: 'POST', path, query: '', headers, body };
}

/** Sends a request; reads the error in the answer as a client of STS reads it. */
async function errorOf(request: WireRequest) {
  const { host: _, ...headers } = request.headers as Record<string, string>;
  const { method, path, query, body } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const target = query === '' ? path : `${path}?${query}`;
  const answer = await send(latchkey, target, {
    method,
    headers,
    ...(hasBody && { body: Buffer.from(body) }),
  });
  const response = {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(answer.text),
  };
  const { name, message, status } = client.parseError(
    { name: 'x', input: unit, output: unit, errors: stsService.errors, auth: [] },
    response,
  );
  return { name, message: message ?? '', status, text: answer.text };
}

const paths = [
  '/',
  '/start',
  '/start/',
  '/sts',
  '/token/x',
  '/device',
  '/v0.4/services/sts.ts',
  '/assignment/x',
];

describe('whatever the path of its endpoint, STS answers as its clients read errors', () => {
  for (const path of paths) {
    test(`${path}: an operation that is not here, signed`, async () => {
      const error = await errorOf(await signSigV4(callAt(path, 'AssumeRole'), signing()));
      assert.deepEqual([error.name, error.status], ['InvalidAction', 400], error.text);
      assert.match(error.message, /no operation "AssumeRole" of STS here/);
    });

    test(`${path}: an operation that is not here, unsigned`, async () => {
      for (const headers of [{}, { 'amz-sdk-invocation-id': 'x' }]) {
        const call = callAt(path, 'AssumeRoleWithWebIdentity');
        const error = await errorOf({ ...call, headers: { ...call.headers, ...headers } });
        assert.deepEqual([error.name, error.status], ['InvalidAction', 400], error.text);
        assert.match(error.message, /no operation "AssumeRoleWithWebIdentity" of STS here/);
      }
    });

    test(`${path}: an operation that is not here, presigned`, async () => {
      const query = 'Action=AssumeRole&Version=2011-06-15';
      const call = {
        ...callAt(path, ''),
        method: 'GET',
        query,
        headers: { host: new URL(latchkey.url).host },
        body: Buffer.alloc(0),
      };
      const error = await errorOf(await presignSigV4(call, { ...signing(), expiresSeconds: 60 }));
      assert.deepEqual([error.name, error.status], ['InvalidAction', 400], error.text);
    });

    test(`${path}: a signed call without an action`, async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'GET']) {
        const call = { ...callAt(path, ''), method, body: Buffer.alloc(0) };
        const error = await errorOf(await signSigV4(call, signing()));
        assert.deepEqual([error.name, error.status], ['MissingAction', 400], `${method} ${error.text}`);
      }
    });
  }

  test('GetCallerIdentity is an operation of STS at any path', async () => {
    const error = await errorOf(await signSigV4(callAt('/start/', 'GetCallerIdentity'), signing()));
    assert.deepEqual([error.name, error.status], ['InvalidClientTokenId', 403]);
  });

  test('a body that is longer than is taken is refused in the same form', async () => {
    const call = { ...callAt('/start/', 'AssumeRole'), body: Buffer.from('x'.repeat(70_000)) };
    const error = await errorOf(await signSigV4(call, signing()));
    assert.equal(error.name, 'MalformedInput', error.text);
  });

  test('a client that prefers JSON gets JSON', async () => {
    const call = await signSigV4(callAt('/start/', 'AssumeRole'), signing());
    const { host: _, ...headers } = call.headers as Record<string, string>;
    const { members } = await send(latchkey, '/start/', {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      body: Buffer.from(call.body),
    });
    assert.equal(Object(members['Error']).Code, 'InvalidAction');
  });
});

test('a browser gets a page at a path below the root, also with the query of a call of STS', async () => {
  const presigned = await presignSigV4(
    { ...callAt('/nothing', ''), method: 'GET', body: Buffer.alloc(0) },
    { ...signing(), expiresSeconds: 60 },
  );
  for (const query of ['Action=AssumeRole&Version=2011-06-15', presigned.query]) {
    const { status, headers } = await send(latchkey, `/nothing?${query}`, { headers: { accept: html } });
    assert.equal(status, 404);
    assert.match(headers.get('content-type') ?? '', /^text\/html/);
  }
});
