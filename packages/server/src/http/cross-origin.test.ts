import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { post, send } from './testing/api.ts';

const origin = 'https://tools.example.com';
const preflight = (path: string, from: string, method = 'POST') => ({
  path,
  init: { method: 'OPTIONS', headers: { origin: from, 'access-control-request-method': method } },
});

describe('CORS with one allowed origin', async () => {
  const latchkey = await startLatchkey({ settings: { cors: { allowedOrigins: [origin] } } });
  after(() => latchkey.close());
  const allowedFor = async ({ path, init }: ReturnType<typeof preflight>) =>
    (await send(latchkey, path, init)).headers.get('access-control-allow-origin');

  test('a page of an allowed origin may call the APIs', async () => {
    for (const [path, method] of [
      ['/client/register', 'POST'],
      ['/token', 'POST'],
      ['/federation/credentials', 'GET'],
      ['/logout', 'POST'],
    ] as const) {
      assert.equal(await allowedFor(preflight(path, origin, method)), origin, path);
    }
    const answer = await post(latchkey, '/client/register', {}, { origin });
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /x-amzn-errortype/);
  });

  test('a page of an allowed origin may send the headers of AWS clients, and no others', async () => {
    const allowed = async (path: string, asked: string) => {
      const { init } = preflight(path, origin);
      const headers = { ...init.headers, 'access-control-request-headers': asked };
      const answer = await send(latchkey, path, { ...init, headers });
      const list = answer.headers.get('access-control-allow-headers') ?? '';
      return asked.split(',').filter((name) => list.split(', ').includes(name));
    };
    const sdk =
      'amz-sdk-invocation-id,amz-sdk-request,authorization,content-type,x-amz-content-sha256,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent';
    assert.deepEqual(await allowed('/', sdk), sdk.split(','), 'a call in JSON');
    const cbor = 'content-type,smithy-protocol,x-amzn-query-mode,x-amz-sdk-checksum-algorithm';
    assert.deepEqual(await allowed('/service/X/operation/Y', cbor), cbor.split(','), 'a call in CBOR');
    assert.deepEqual(await allowed('/token', 'cookie,x-forwarded-for,host,x-amz-,x-amz-a'), ['x-amz-a']);
  });

  test('a call of an API that is not here is answered, and the page can read what is', async () => {
    const headers = {
      origin,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
    };
    const answer = await send(latchkey, '/', { method: 'POST', body: '{}', headers });
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.match(answer.text, /Latchkey does not serve DynamoDB_20120810\.ListTables/);
  });

  test('a page of an allowed origin may not send cookies', async () => {
    const answer = await post(latchkey, '/token', {}, { origin });
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  });

  test('a page of another origin may not call the APIs', async () => {
    for (const other of ['https://evil.example', 'https://tools.example.com.evil.example', 'null']) {
      assert.equal(await allowedFor(preflight('/token', other)), null, other);
    }
  });

  test('a page of an allowed origin may not read the pages of the server', async () => {
    for (const [path, method] of [
      ['/sign-in', 'POST'],
      ['/consent', 'POST'],
      ['/device', 'GET'],
      ['/', 'GET'],
    ] as const) {
      assert.equal(await allowedFor(preflight(path, origin, method)), null, path);
    }
  });
});

test('without configured origins, no page of another origin may call the APIs', async () => {
  await using latchkey = await startLatchkey();
  const answer = await send(latchkey, '/token', preflight('/token', origin).init);
  assert.equal(answer.status, 405);
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
});
