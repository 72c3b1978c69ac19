import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { IncomingRequest } from '../http/route.ts';
import type { RenderThreadBounds } from './render-thread.ts';
import { TypedClientHandler } from './typed-client-handler.ts';

const sts: IncomingRequest = {
  method: 'GET',
  path: '/v0.4/services/sts.ts',
  query: '',
  headers: {},
  body: new Uint8Array(),
  oversized: false,
  origin: { address: '192.0.2.1', userAgent: 'deno', requestId: 'request-1' },
};

function createHandler(bounds: Partial<RenderThreadBounds> = {}): TypedClientHandler {
  const settings = { baseUrl: 'http://localhost:8484', models: [] };
  const handler = new TypedClientHandler(settings, Date.now, bounds);
  after(() => handler.close());
  return handler;
}

test('requests for a module that wait or arrive while the server stops are answered with 503', async () => {
  const handler = createHandler();
  const waiting = handler.answer(sts);
  await handler.close();
  for (const response of [await waiting, await handler.answer(sts)]) {
    assert.equal(response.status, 503);
    assert.equal(response.headers['retry-after'], '5');
    assert.match(String(response.body), /the server is stopping/);
  }
});

test('a module that takes too long is answered with 503 and when to try again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const answered = createHandler({ timeoutMs: 60_000 }).answer(sts);
  t.mock.timers.tick(60_000);
  const response = await answered;
  assert.equal(response.status, 503);
  assert.equal(response.headers['retry-after'], '5');
  assert.match(String(response.body), /sts\.ts was not rendered within 60000 ms/);
});

test('a request for a module beyond the queue of its client is answered with 503', async () => {
  const handler = createHandler({ maxWaitingPerClient: 1 });
  const answers = ['?docs=none', '?docs=short', '?docs=full'].map((query) =>
    handler.answer({ ...sts, query: query.slice(1) }),
  );
  assert.deepEqual(
    (await Promise.all(answers)).map(({ status }) => status),
    [200, 200, 503],
  );
});
