import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { withAccessLog } from './access-log.ts';
import { Metrics } from './metrics.ts';
import type { IncomingRequest } from './route.ts';
import type { Answer } from './router.ts';

const request: IncomingRequest = {
  ...{ method: 'POST', path: '/token', query: 'a=b', headers: { cookie: 'secret' }, oversized: false },
  body: new TextEncoder().encode('secret'),
  origin: { address: '192.0.2.1', userAgent: 'aws-cli/2.36.12', requestId: 'request-1' },
};

async function logOf(answer: Answer, change: Partial<IncomingRequest> = {}) {
  const lines: string[] = [];
  const logger = pino({ base: null }, { write: (line) => void lines.push(line) });
  const metrics = new Metrics();
  const renderPath = (path: string) => `rendered ${path}`;
  const log = withAccessLog({ answer: async () => answer }, { logger, metrics, renderPath, now: () => 0 });
  const response = await log({ ...request, ...change });
  assert.equal(response, answer.response);
  return { text: lines.join(''), lines: lines.map((line) => JSON.parse(line)), metrics: metrics.render() };
}

test('each request writes one line of the access log, and is counted once in the metrics', async () => {
  const response = { status: 400, headers: {}, body: '' };
  const { text, lines, metrics } = await logOf({ operation: 'CreateToken', response });
  const [{ level: _, time: __, ms, ...fields }, ...others] = lines;
  assert.deepEqual(fields, {
    ...{ msg: 'request', method: 'POST', path: 'rendered /token', operation: 'CreateToken', status: 400 },
    ...{ address: '192.0.2.1', requestId: 'request-1' },
  });
  assert.equal(typeof ms, 'number');
  assert.deepEqual(others, []);
  assert.doesNotMatch(text, /secret|a=b/);
  assert.match(metrics, /^latchkey_http_requests_total\{operation="CreateToken",status="400"\} 1$/m);
});

for (const [status, logged] of [
  [200, '/v0.4/services/sts.ts'],
  [304, '/v0.4/services/sts.ts'],
  [302, 'rendered /v0.4/services/sts.ts'],
  [404, 'rendered /v0.4/services/sts.ts'],
] as const) {
  test(`a path below a tree that is answered with ${status} is logged as ${logged}`, async () => {
    const answer = { operation: '/v0.4/*', response: { status, headers: {}, body: '' } };
    const { lines } = await logOf(answer, { path: '/v0.4/services/sts.ts' });
    assert.equal(lines[0].path, logged);
  });
}

test('an internal failure is described in the log only, with the request id of the answer', async () => {
  const response = { status: 500, headers: {}, body: '' };
  const failure = new Error('the disk is on fire');
  const { lines } = await logOf({ operation: 'CreateToken', response, failure });
  assert.deepEqual(
    lines.map(({ msg, requestId }) => [msg, requestId]),
    [
      ['failed', 'request-1'],
      ['request', 'request-1'],
    ],
  );
  assert.equal(lines[0].err.message, 'the disk is on fire');
});

test('advice for whoever runs the server is logged once a minute, with the number of requests', async () => {
  const lines: string[] = [];
  let nowMs = 0;
  const log = withAccessLog(
    {
      answer: async ({ path }) => ({
        ...{ operation: 'x', response: { status: 401, headers: {}, body: '' } },
        ...(path === '/wrong' && { advice: 'look at the proxy' }),
      }),
    },
    {
      logger: pino({ base: null, level: 'warn' }, { write: (line) => void lines.push(line) }),
      ...{ metrics: new Metrics(), renderPath: (path: string) => path, now: () => nowMs },
    },
  );
  for (let count = 0; count < 1000; count += 1) {
    await log({ ...request, path: count % 2 === 0 ? '/wrong' : '/right' });
    nowMs += 100;
  }
  assert.deepEqual(
    lines
      .map((line) => JSON.parse(line))
      .map(({ level, msg, requests, address }) => [level, msg, requests, address]),
    [
      [40, 'look at the proxy', 1, '192.0.2.1'],
      [40, 'look at the proxy', 300, '192.0.2.1'],
    ],
  );
});
