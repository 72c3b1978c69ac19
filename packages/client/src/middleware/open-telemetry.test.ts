import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { setTemperature } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';
import { openTelemetry } from './open-telemetry.ts';

/** A span that keeps what it is told. */
class KeptSpan implements api.Span {
  readonly name: string;
  readonly kind: api.SpanKind | undefined;
  readonly attributes: api.Attributes;
  readonly events: [name: string, attributes: unknown][] = [];
  status: api.SpanStatus | undefined;
  hasEnded = false;

  constructor(name: string, { kind, attributes = {} }: api.SpanOptions) {
    this.name = name;
    this.kind = kind;
    this.attributes = { ...attributes };
  }
  spanContext = () => ({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });
  setAttribute(key: string, value: api.AttributeValue): this {
    this.attributes[key] = value;
    return this;
  }
  setAttributes(attributes: api.Attributes): this {
    Object.assign(this.attributes, attributes);
    return this;
  }
  addEvent(name: string, attributes?: unknown): this {
    this.events.push([name, attributes]);
    return this;
  }
  setStatus(status: api.SpanStatus): this {
    this.status = status;
    return this;
  }
  end(): void {
    this.hasEnded = true;
  }
  addLink = () => this;
  addLinks = () => this;
  updateName = () => this;
  isRecording = () => !this.hasEnded;
  recordException = () => {};
}

const spans: KeptSpan[] = [];
const tracer: api.Tracer = {
  startSpan(name, options = {}) {
    const span = new KeptSpan(name, options);
    spans.push(span);
    return span;
  },
  startActiveSpan(name: string, ...rest: unknown[]) {
    const act = rest.at(-1) as (span: api.Span) => unknown;
    const span = tracer.startSpan(name, rest[0] as api.SpanOptions);
    return api.context.with(api.trace.setSpan(api.context.active(), span), act, undefined, span) as never;
  },
};

api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
api.trace.setGlobalTracerProvider({ getTracer: () => tracer });
api.propagation.setGlobalPropagator({
  inject(context, carrier, setter) {
    setter.set(carrier, 'TraceParent', `00-${api.trace.getSpanContext(context)?.traceId}`);
  },
  extract: (context) => context,
  fields: () => [],
});
after(() => api.context.disable());

test('openTelemetry makes a span of a call by the conventions, which is active while the call lasts', async (t) => {
  const headers = { 'x-amzn-requestid': 'r-1', 'x-amz-id-2': 'x-2' };
  const service = await startStubService(t, () =>
    service.received.length === 1 ? { status: 503 } : { headers },
  );
  const active: unknown[] = [];
  const seen = {
    attempt(_: unknown, next: () => never) {
      active.push(api.trace.getActiveSpan());
      return next();
    },
  };
  const client = thermostatClient(t, service.url, { use: [openTelemetry(api), seen], clock: testClock() });
  await client.call(setTemperature, { room: 'hall' });
  const [span = assert.fail(), ...others] = spans.splice(0);
  assert.deepEqual(others, []);
  assert.deepEqual(active, [span, span]);
  assert.deepEqual([span.name, span.kind, span.hasEnded], ['Home Thermostat.SetTemperature', 2, true]);
  assert.equal(api.SpanKind.CLIENT, span.kind);
  assert.deepEqual(span.attributes, {
    'rpc.system': 'aws-api',
    'rpc.service': 'Home Thermostat',
    'rpc.method': 'SetTemperature',
    'server.address': '127.0.0.1',
    'server.port': Number(new URL(service.url).port),
    'cloud.region': 'eu-central-1',
    'http.response.status_code': 200,
    'aws.request_id': 'r-1',
    'aws.extended_request_id': 'x-2',
    'http.request.resend_count': 1,
  });
  assert.deepEqual(span.events, [['attempt failed', { 'aws.attempt': 1, 'http.response.status_code': 503 }]]);
  assert.equal(span.status, undefined);
  assert.equal('traceparent' in (service.received[1]?.headers ?? {}), false);
});

test('openTelemetry marks the span of a call that fails, by an answer or without one', async (t) => {
  const service = await startStubService(t, () => ({
    status: 400,
    headers: { 'x-amzn-errortype': 'TooColdException' },
    body: '{"message":"Brr"}',
  }));
  const call = (url: string) =>
    thermostatClient(t, url, { use: [openTelemetry(api)], clock: testClock(), maxAttempts: 1 })
      .call(setTemperature, { room: 'hall' })
      .catch(() => {});
  await call(service.url);
  await call('http://127.0.0.1:1');
  const facts = spans.splice(0).map(({ attributes, events, hasEnded, status }) => ({
    type: attributes['error.type'],
    events: events.map(([, attributes]) => attributes),
    code: status?.code,
    hasEnded,
  }));
  const ended = { code: api.SpanStatusCode.ERROR, hasEnded: true };
  assert.deepEqual(facts, [
    {
      type: 'TooColdException',
      events: [{ 'aws.attempt': 1, 'http.response.status_code': 400 }],
      ...ended,
    },
    {
      type: 'connectionRefused',
      events: [{ 'aws.attempt': 1, 'error.type': 'connectionRefused' }],
      ...ended,
    },
  ]);
});

test('openTelemetry names the table, bucket or queue that a call is about', async (t) => {
  const service = await startStubService(t, () => ({}));
  for (const [serviceId, input, attributes] of [
    ['DynamoDB', { TableName: 'notes' }, { 'aws.dynamodb.table_names': ['notes'] }],
    ['S3', { Bucket: 'b', Key: 'k' }, { 'aws.s3.bucket': 'b', 'aws.s3.key': 'k' }],
    ['SQS', { QueueUrl: 'q' }, { 'aws.sqs.queue.url': 'q' }],
  ] as const) {
    const client = thermostatClient(t, service.url, { use: [openTelemetry(api)] }, { serviceId });
    await client.call(setTemperature, { room: 'hall', ...input });
    const { attributes: found = {} } = spans.pop() ?? {};
    for (const [name, value] of Object.entries(attributes)) assert.deepEqual(found[name], value);
  }
});

test('openTelemetry hands the trace on in a signed header, where it is asked to', async (t) => {
  const service = await startStubService(t, () => ({}));
  const client = thermostatClient(t, service.url, { use: [openTelemetry(api, { propagate: true })] });
  await client.call(setTemperature, { room: 'hall' });
  const { headers } = service.received[0] ?? assert.fail();
  assert.equal(headers['traceparent'], `00-${'a'.repeat(32)}`);
  assert.match(String(headers.authorization), /traceparent/);
});
