import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { after, test } from 'node:test';
import { brand } from '../fixtures/brand.ts';
import type { IncomingRequest } from '../http/route.ts';
import { runtimeFolders } from './package-files.ts';
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

const dropped: string[] = [];

function createHandler(bounds: Partial<RenderThreadBounds> = {}): TypedClientHandler {
  const settings = { baseUrl: 'http://localhost:8484', models: [], brand, searchIndex: ':memory:' };
  const handler = new TypedClientHandler(settings, {
    ...{ now: Date.now, warn: assert.fail, bounds },
    onDrop: (address) => dropped.push(address),
  });
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
  assert.deepEqual(dropped, [sts.origin.address]);
});

test('a program that asks for all files of the runtime at once, behind a module, gets them all', async () => {
  const handler = createHandler();
  const paths = Object.entries(runtimeFolders).flatMap(([folder, url]) =>
    globSync('**/*.ts', { cwd: url, exclude: ['**/*.test.ts', '**/fixtures/**', '**/testing/**'] }).map(
      (file) => `/v0.4/${folder}/${file}`,
    ),
  );
  const answers = await Promise.all(
    [sts.path, ...paths.filter((path) => !path.endsWith('.web.ts'))].map((path) =>
      handler.answer({ ...sts, path }),
    ),
  );
  assert.ok(answers.length > 200);
  assert.deepEqual(
    answers.filter(({ status }) => status !== 200),
    [],
  );
});

test('redirects are answered while the render thread takes nothing, so they are neither rendered nor cached', async () => {
  const handler = createHandler();
  await handler.close();
  for (const [path, location] of [
    ['/v0.4/services/SQS/anything', '/v0.4/services/sqs/anything'],
    ['/v0.4/services/SQS/a%3Fb%23c', '/v0.4/services/sqs/a%3Fb%23c'],
    ['/v0.4/sdk@v2.1.0/a%0D%0Ab.ts', '/v0.4/services/a%0D%0Ab.ts'],
    ['/v0.4/docs/STS/anything', '/v0.4/docs/sts/anything'],
    ['/v0.5/services/sqs.ts', '/v0.4/services/sqs.ts'],
    ['/v0.4/docs/', '/v0.4/docs'],
  ] as const) {
    const { status, headers } = await handler.answer({ ...sts, path });
    assert.deepEqual([status, headers['location']], [302, location]);
  }
});
