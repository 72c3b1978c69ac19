import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLatchkey } from '../fixtures/start-latchkey.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { healthRoutes } from './health.ts';
import { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';
import type { IncomingRequest } from './route.ts';
import { poll, register, send, signIn, startDevice } from './testing/api.ts';
import { readinessOf, sqliteError } from './testing/readiness.ts';

test('/healthz and /readyz answer 200 while the store can be written', async () => {
  await using latchkey = await startLatchkey();
  for (const path of ['/healthz', '/readyz']) {
    const { status, text, headers } = await send(latchkey, path);
    assert.deepEqual([status, text], [200, 'ok\n']);
    assert.equal(headers.get('cache-control'), 'no-store');
  }
});

test('/readyz answers 503 with the reason when the store cannot be written, and /healthz still 200', async () => {
  const { readiness } = readinessOf(async () => {
    throw sqliteError(13, 'database or disk is full');
  });
  const { status, body } = await answer('/readyz', readiness);
  assert.deepEqual([status, body], [503, 'The store cannot be written: its disk is full\n']);
  assert.equal((await answer('/healthz', readiness)).status, 200);
});

async function answer(path: string, readiness: Readiness) {
  const route = healthRoutes(new Metrics(), readiness).find((candidate) => candidate.path === path);
  assert.ok(route);
  const request: IncomingRequest = {
    ...{ method: 'GET', path, query: '', headers: {}, body: new Uint8Array(), oversized: false },
    origin: { address: '127.0.0.1', userAgent: '', requestId: '' },
  };
  return route.handle(request, await createTestContext());
}

test('/metrics has counters of requests and audit events, in the text format of Prometheus', async () => {
  await using latchkey = await startLatchkey();
  await signIn(latchkey);
  const client = await register(latchkey);
  await poll(latchkey, client, (await startDevice(latchkey, client)).deviceCode);
  await send(latchkey, '/no/such/page');
  const { text, headers } = await send(latchkey, '/metrics');
  assert.match(headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const lines = text.split('\n');
  const expected = [
    'latchkey_http_requests_total{operation="RegisterClient",status="200"} 2',
    'latchkey_http_requests_total{operation="CreateToken",status="200"} 1',
    'latchkey_http_requests_total{operation="CreateToken",status="400"} 1',
    'latchkey_http_requests_total{operation="unknown",status="404"} 1',
    'latchkey_audit_events_total{event="deviceRequestAllowed"} 1',
    'latchkey_audit_events_total{event="sessionStarted"} 1',
    'latchkey_http_request_duration_seconds_count{operation="CreateToken"} 2',
    'latchkey_http_request_duration_seconds_bucket{operation="CreateToken",le="+Inf"} 2',
  ];
  for (const line of expected) assert.ok(lines.includes(line), `${line} in:\n${text}`);
  assertPrometheusText(text);
});

test('metrics count what was dropped, by kind', () => {
  const metrics = new Metrics();
  for (const what of ['passwordCheck', 'passwordCheck']) metrics.countDrop(what);
  const text = metrics.render();
  assert.match(text, /^latchkey_dropped_total\{what="passwordCheck"\} 2$/m);
  assertPrometheusText(text);
});

/** That each line is a comment or a sample, and each family is announced before its samples. */
function assertPrometheusText(text: string): void {
  const announced = new Set<string>();
  assert.ok(text.endsWith('\n'));
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE (\w+) (?:counter|gauge|histogram)$/.exec(line)?.[1];
    if (type !== undefined) announced.add(type);
    if (line.startsWith('#')) continue;
    const [, name = ''] =
      /^(\w+)(?:\{\w+="[^"\n]*"(?:,\w+="[^"\n]*")*\})? \d+(?:\.\d+)?(?:e-?\d+)?$/.exec(line) ?? [];
    const family = name.replace(/_(?:bucket|sum|count)$/, '');
    assert.ok(announced.has(name) || announced.has(family), line);
  }
}

test('a request duration is counted in every histogram bucket that it fits in', () => {
  const metrics = new Metrics();
  for (const seconds of [0.0005, 0.001, 0.02, 60]) metrics.countRequest('CreateToken', 200, seconds);
  const text = metrics.render();
  const bucket = (limit: string) => {
    const prefix = `latchkey_http_request_duration_seconds_bucket{operation="CreateToken",le="${limit}"} `;
    return text
      .split('\n')
      .find((line) => line.startsWith(prefix))
      ?.slice(prefix.length);
  };
  assert.deepEqual(['0.001', '0.01', '0.025', '5', '+Inf'].map(bucket), ['2', '2', '3', '3', '4']);
});

test('requests for unknown paths make no new metric series', async () => {
  await using latchkey = await startLatchkey();
  const paths = Array.from({ length: 50 }, (_, index) => `/made/up/${index}`);
  await Promise.all(paths.map((path) => send(latchkey, path)));
  const { text } = await send(latchkey, '/metrics');
  assert.doesNotMatch(text, /made/);
  assert.match(text, /operation="unknown",status="404"\} 50/);
});
