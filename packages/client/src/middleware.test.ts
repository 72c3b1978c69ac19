import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClientError } from './client-error.ts';
import { metadataOf } from './metadata.ts';
import type { Middleware } from './middleware.ts';
import { presignedUrl } from './presign.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { setTemperature, TooColdException, updateFirmware } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';
import { verifyRequest } from './testing/verify-request.ts';

test('middleware stands around the call and around each attempt, the first outermost', async (t) => {
  const service = await startStubService(t, () => (service.received.length < 2 ? { status: 503 } : {}));
  const order: string[] = [];
  const named = (name: string): Middleware => ({
    async call({ serviceId, operation }, next) {
      order.push(`${name} > ${serviceId}.${operation}`);
      const output = await next();
      order.push(`${name} < ${metadataOf(output)?.attempts}`);
      return output;
    },
    async attempt({ attempt, region, origin }, next) {
      order.push(`${name} > ${attempt} ${region} ${origin === service.url}`);
      const { status } = await next().then((response) => response);
      order.push(`${name} < ${status}`);
      return { status, headers: {}, body: new Uint8Array() };
    },
  });
  const use = [named('a'), named('b'), {}];
  const client = thermostatClient(t, service.url, { clock: testClock(), use });
  await client.call(setTemperature, { room: 'hall' });
  assert.deepEqual(order, [
    'a > Home Thermostat.SetTemperature',
    'b > Home Thermostat.SetTemperature',
    'a > 1 eu-central-1 true',
    'b > 1 eu-central-1 true',
    'b < 503',
    'a < 503',
    'a > 2 eu-central-1 true',
    'b > 2 eu-central-1 true',
    'b < 200',
    'a < 200',
    'b < 2',
    'a < 2',
  ]);
});

test('what middleware changes of the prepared request is sent, and signed', async (t) => {
  const clock = testClock();
  const service = await startStubService(t, () => ({}));
  const changed: Middleware = {
    attempt(attempt, next) {
      const { request } = attempt;
      const headers = { ...request.headers, 'x-tenant': 'blue' };
      attempt.request = { ...request, path: '/rooms/attic', query: 'dry=1', headers };
      return next();
    },
  };
  await thermostatClient(t, service.url, { use: [changed], clock }).call(setTemperature, { room: 'hall' });
  const [request] = service.received;
  assert.ok(request !== undefined);
  assert.equal(request.url, '/rooms/attic?dry=1');
  assert.equal(request.headers['x-tenant'], 'blue');
  assert.match(String(request.headers.authorization), /SignedHeaders=[^,]*x-tenant/);
  assert.deepEqual((await verifyRequest(request, clock.now())).kind, 'verified');
});

test('middleware changes the input of a call before it is written', async (t) => {
  const service = await startStubService(t, () => ({}));
  const warmer: Middleware = {
    call(call, next) {
      call.input = { ...call.input, degrees: 21 };
      return next();
    },
  };
  await thermostatClient(t, service.url, { use: [warmer] }).call(setTemperature, { room: 'hall' });
  assert.equal(service.received[0]?.body.toString(), '{"degrees":21}');
});

test('middleware answers a call, or an attempt, by itself, and nothing is sent', async (t) => {
  const service = await startStubService(t, () => ({}));
  const cache: Middleware = { call: async () => ({ degrees: 1 }) };
  const answer = (status: number, body: string, type = ''): Middleware => ({
    attempt: async () => ({
      status,
      headers: { 'x-amzn-errortype': type },
      body: new TextEncoder().encode(body),
    }),
  });
  const call = (use: Middleware) =>
    thermostatClient(t, service.url, { use: [use] }).call(setTemperature, { room: 'hall' });
  assert.deepEqual(await call(cache), { degrees: 1 });
  assert.deepEqual(await call(answer(200, '{"degrees":2}')), { degrees: 2 });
  const refused = call(answer(400, '{"degrees":-4}', 'TooColdException'));
  await assert.rejects(refused, (error) => error instanceof TooColdException && error.degrees === -4);
  assert.equal(service.received.length, 0);
});

test('a connection that middleware lets fail is retried; what else it throws ends the call', async (t) => {
  const service = await startStubService(t, () => ({}));
  const attempts: number[] = [];
  const failing = (error: Error): Middleware => ({
    attempt({ attempt }, next) {
      attempts.push(attempt);
      if (attempt < 3) throw error;
      return next();
    },
  });
  const call = (error: Error) =>
    thermostatClient(t, service.url, { use: [failing(error)], clock: testClock() }).call(setTemperature, {
      room: 'hall',
    });
  await call(new ClientError('connectionFailed', 'cut'));
  assert.deepEqual(attempts.splice(0), [1, 2, 3]);
  await assert.rejects(call(new RangeError('own')), { name: 'RangeError', message: 'own' });
  assert.deepEqual(attempts, [1]);
});

test('each attempt begins with the request as it was prepared', async (t) => {
  const service = await startStubService(t, () => (service.received.length < 2 ? { status: 503 } : {}));
  const adding: Middleware = {
    attempt(attempt, next) {
      const { headers } = attempt.request;
      attempt.request = { ...attempt.request, headers: { ...headers, 'x-n': `${headers['x-n'] ?? ''}+` } };
      return next();
    },
  };
  const client = thermostatClient(t, service.url, { use: [adding], clock: testClock() });
  await client.call(setTemperature, { room: 'hall' });
  assert.deepEqual(
    service.received.map(({ headers }) => headers['x-n']),
    ['+', '+'],
  );
});

test('middleware sees the body of a streaming output before it is read', async (t) => {
  const service = await startStubService(t, () => ({ body: 'abc' }));
  const shouting: Middleware = {
    async attempt(_attempt, next) {
      const response = await next();
      assert.ok(response.body instanceof ReadableStream);
      const upper = new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) =>
          controller.enqueue(new TextEncoder().encode(new TextDecoder().decode(bytes).toUpperCase())),
      });
      return { ...response, body: response.body.pipeThrough(upper) };
    },
  };
  const client = thermostatClient(t, service.url, { use: [shouting], timeoutMs: 60_000 });
  const { log } = await client.call<{ log: { text(): Promise<string> } }>(updateFirmware, { image: 'x' });
  assert.equal(await log.text(), 'ABC');
});

test('middleware is given the signal of the call', async (t) => {
  const controller = new AbortController();
  const waiting: Middleware = {
    call: ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        controller.abort(new Error('enough'));
      }),
  };
  const client = thermostatClient(t, 'http://127.0.0.1:9', { use: [waiting] });
  const call = client.call(setTemperature, { room: 'hall' }, { signal: controller.signal });
  await assert.rejects(call, { message: 'enough' });
});

test('a presigned URL is made without middleware', async (t) => {
  const never: Middleware = { call: () => assert.fail('around a call that is not made') };
  const client = thermostatClient(t, 'http://127.0.0.1:9', { use: [never] });
  const api = {
    setTemperature: (params: object, options?: object) => client.call(setTemperature, params, options),
  };
  const url = await presignedUrl(api, 'setTemperature', { room: 'hall' } as never);
  assert.match(url, /\/rooms\/hall\?.*X-Amz-Signature=/);
});
