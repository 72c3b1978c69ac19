import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metadataOf } from './metadata.ts';
import { paginate } from './paginate.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { setTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';

const ids = { 'x-amzn-requestid': 'r-1', 'x-amz-id-2': 'x-2', 'x-heat': 'low' };

test('metadataOf tells status, request ids, headers and attempts of an output, which has only the modelled members', async (t) => {
  const service = await startStubService(t, () => ({ headers: ids, body: '{"degrees":21}' }));
  const output = await thermostatClient(t, service.url).call(setTemperature, { room: 'hall' });
  assert.deepEqual(output, { degrees: 21 });
  const { headers, ...rest } = metadataOf(output) ?? assert.fail();
  assert.deepEqual(rest, {
    status: 200,
    requestId: 'r-1',
    extendedRequestId: 'x-2',
    attempts: 1,
    totalRetryDelayMs: 0,
  });
  assert.equal(headers['x-heat'], 'low');
  assert.equal(metadataOf({ ...(output as object) }), undefined);
});

test('metadataOf counts the attempts of a call, and adds up the delays between them', async (t) => {
  const service = await startStubService(t, () => (service.received.length < 3 ? { status: 503 } : {}));
  const client = thermostatClient(t, service.url, { clock: testClock() });
  const { attempts, totalRetryDelayMs } =
    metadataOf(await client.call(setTemperature, { room: 'hall' })) ?? assert.fail();
  assert.deepEqual({ attempts, totalRetryDelayMs }, { attempts: 3, totalRetryDelayMs: 300 });
});

test('metadataOf an error is the same as its response, with the delays', async (t) => {
  const service = await startStubService(t, () => ({ status: 503, headers: ids }));
  const client = thermostatClient(t, service.url, { clock: testClock() });
  const error = await client.call(setTemperature, { room: 'hall' }).catch((thrown: unknown) => thrown);
  const { headers: _, ...metadata } = metadataOf(error) ?? assert.fail();
  assert.deepEqual(metadata, {
    status: 503,
    requestId: 'r-1',
    extendedRequestId: 'x-2',
    attempts: 3,
    totalRetryDelayMs: 300,
  });
});

test('metadataOf names the request whose answer cannot be read', async (t) => {
  const service = await startStubService(t, () => ({ headers: ids, body: 'broken' }));
  const call = thermostatClient(t, service.url).call(setTemperature, { room: 'hall' });
  const error = await call.catch((thrown: unknown) => thrown);
  assert.equal(metadataOf(error)?.requestId, 'r-1');
});

test('metadataOf knows each page of a paginator, and nothing of other values', async (t) => {
  const service = await startStubService(t, () => ({ headers: { 'x-amzn-requestid': 'page' } }));
  const pages = paginate(
    thermostatClient(t, service.url),
    setTemperature,
    { room: 'hall' },
    { inputToken: 'token', outputToken: 'token' },
  );
  for await (const page of pages) assert.equal(metadataOf(page)?.requestId, 'page');
  for (const other of [undefined, null, 1, 'text', {}, new Error('x')])
    assert.equal(metadataOf(other), undefined);
});
