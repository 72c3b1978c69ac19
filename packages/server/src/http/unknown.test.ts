import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { assertError, send } from './testing/api.ts';

const latchkey = await startLatchkey();
after(() => latchkey.close());

const methods: Readonly<Record<string, string>> = {
  '/token': 'POST',
  '/client/register': 'POST',
  '/device_authorization': 'POST',
  '/logout': 'POST',
  '/consent': 'POST',
  '/assignment/accounts': 'GET',
  '/assignment/roles': 'GET',
  '/federation/credentials': 'GET',
  '/authorize': 'GET, HEAD',
  '/healthz': 'GET, HEAD',
  '/start': 'GET, HEAD',
  '/device': 'GET, HEAD, POST',
  '/': 'GET, HEAD, POST',
};

describe('methods that a path does not have', () => {
  for (const [path, allowed] of Object.entries(methods)) {
    for (const method of ['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'GET', 'HEAD', 'POST']) {
      if (allowed.split(', ').includes(method)) continue;
      test(`${method} ${path} is refused with the methods that the path has`, async () => {
        const answer = await send(latchkey, path, { method });
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('allow'), allowed);
      });
    }
  }
});

test('a program that requests an unknown path is told what to check', async () => {
  const answer = await send(latchkey, '/v1/token', { method: 'POST' });
  assert.match(answer.text, /check the endpoint/);
});

test('an unknown path is answered with an AWS error, or a page in a browser', async () => {
  for (const path of ['/nothing', '/token/', '/Token', '//token', '/%74oken', '/assignment', '/.env']) {
    const answer = await send(latchkey, path, { method: 'POST' });
    assertError(answer, { status: 404, type: 'UnknownOperationException' });
  }
  const page = await send(latchkey, '/nothing', { headers: { accept: 'text/html,*/*' } });
  assert.equal(page.status, 404);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
});

test('an API answers even a browser with neither a redirect nor a page', async () => {
  for (const path of ['/token', '/client/register', '/device_authorization']) {
    const answer = await send(latchkey, path, { method: 'POST', headers: { accept: 'text/html' } });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.status, 400);
  }
});

test('answers with tokens, and errors, forbid caching', async () => {
  for (const path of ['/token', '/client/register', '/device_authorization', '/nothing']) {
    const answer = await send(latchkey, path, { method: 'POST' });
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
  }
});
