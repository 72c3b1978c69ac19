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

describe('a method that an address does not take is refused with those it takes', () => {
  for (const [path, allowed] of Object.entries(methods)) {
    for (const method of ['DELETE', 'PUT', 'PATCH', 'OPTIONS', 'GET', 'HEAD', 'POST']) {
      if (allowed.split(', ').includes(method)) continue;
      test(`${method} ${path}`, async () => {
        const answer = await send(latchkey, path, { method });
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('allow'), allowed);
      });
    }
  }
});

test('a program that asks at an unknown address is told what to check', async () => {
  const answer = await send(latchkey, '/v1/token', { method: 'POST' });
  assert.match(answer.text, /check the endpoint/);
});

test('an address that nobody serves gets an error of AWS, or a page in a browser', async () => {
  for (const path of ['/nothing', '/token/', '/Token', '//token', '/%74oken', '/assignment', '/.env']) {
    const answer = await send(latchkey, path, { method: 'POST' });
    assertError(answer, { status: 404, type: 'UnknownOperationException' });
  }
  const page = await send(latchkey, '/nothing', { headers: { accept: 'text/html,*/*' } });
  assert.equal(page.status, 404);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
});

test('no answer of an API is a redirect or a page, even to a browser', async () => {
  for (const path of ['/token', '/client/register', '/device_authorization']) {
    const answer = await send(latchkey, path, { method: 'POST', headers: { accept: 'text/html' } });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.status, 400);
  }
});

test('answers that hold tokens, or errors, are kept in no cache', async () => {
  for (const path of ['/token', '/client/register', '/device_authorization', '/nothing']) {
    const answer = await send(latchkey, path, { method: 'POST' });
    assert.equal(answer.headers.get('cache-control'), 'no-store', path);
  }
});
