import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../service-error.ts';
import { type Answer, startStubService } from '../testing/stub-service.ts';
import { testClock } from '../testing/test-clock.ts';
import { setTemperature, updateFirmware } from '../testing/thermostat.ts';
import { thermostatClient } from '../testing/thermostat-client.ts';

/** A server that gives these answers, then the last of them again and again. */
const inTurn = (t: Parameters<typeof startStubService>[0], ...answers: Answer[]) => {
  let next = 0;
  return startStubService(t, () => answers[Math.min(next++, answers.length - 1)]);
};
const throttled = { status: 400, headers: { 'x-amzn-errortype': 'ThrottlingException' } };

test('an answer of status 503 is tried again, up to three times in all, waiting twice as long each time', async (t) => {
  const service = await inTurn(t, { status: 503 });
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }), (error) => {
    assert.ok(error instanceof ServiceError);
    assert.equal(error.response.attempts, 3);
    return true;
  });
  assert.equal(service.received.length, 3);
  assert.deepEqual(clock.sleeps, [100, 200]);
});

test('attempts share an invocation id and count themselves', async (t) => {
  const service = await inTurn(t, { status: 500 }, {});
  await thermostatClient(t, service.url, { clock: testClock() }).call(setTemperature, { room: 'hall' });
  const [first, second] = service.received.map(({ headers }) => headers);
  assert.equal(first?.['amz-sdk-invocation-id'], second?.['amz-sdk-invocation-id']);
  assert.match(String(first?.['amz-sdk-invocation-id']), /^[0-9a-f-]{36}$/);
  assert.equal(first?.['amz-sdk-request'], 'attempt=1; max=3');
  assert.equal(second?.['amz-sdk-request'], 'attempt=2; max=3');
});

test('a throttled call waits longer before it is tried again', async (t) => {
  const service = await inTurn(t, throttled, {});
  const clock = testClock();
  await thermostatClient(t, service.url, { clock }).call(setTemperature, { room: 'hall' });
  assert.deepEqual(clock.sleeps, [500]);
});

test('an error that the model calls retryable is tried again', async (t) => {
  const stuck = { status: 409, headers: { 'x-amzn-errortype': 'ValveStuckException' } };
  const service = await inTurn(t, stuck, {});
  await thermostatClient(t, service.url, { clock: testClock() }).call(setTemperature, { room: 'hall' });
  assert.equal(service.received.length, 2);
});

test('an error that would come again is not tried again', async (t) => {
  const service = await inTurn(t, { status: 400, headers: { 'x-amzn-errortype': 'SlowDownException' } });
  const client = thermostatClient(t, service.url, { clock: testClock() });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }), { name: 'SlowDownException' });
  assert.equal(service.received.length, 1);
});

for (const [name, value, waited] of [
  ['Retry-After', '7', 7000],
  ['Retry-After', 'Thu, 01 Jan 2026 00:00:09 GMT', 9000],
  ['x-amz-retry-after', '1500', 1500],
  ['Retry-After', '3600', 20_000],
] as const) {
  test(`${name}: ${value} is waited for, 20 seconds at most`, async (t) => {
    const service = await inTurn(t, { status: 503, headers: { [name]: value } }, {});
    const clock = testClock();
    await thermostatClient(t, service.url, { clock }).call(setTemperature, { room: 'hall' });
    assert.deepEqual(clock.sleeps, [waited]);
  });
}

test('a connection that breaks is made anew', async (t) => {
  const service = await startStubService(t, (_request, response) => {
    if (service.received.length > 1) return {};
    response.destroy();
    return undefined;
  });
  await thermostatClient(t, service.url, { clock: testClock() }).call(setTemperature, { room: 'hall' });
  assert.equal(service.received.length, 2);
});

test('a body that streams is sent once', async (t) => {
  const service = await inTurn(t, { status: 503 });
  const client = thermostatClient(t, service.url, { clock: testClock() });
  const image = new Blob(['firmware']).stream();
  await assert.rejects(client.call(updateFirmware, { image }), { fault: 'server' });
  assert.equal(service.received.length, 1);
});

test('maxAttempts: 1 turns retries off', async (t) => {
  const service = await inTurn(t, { status: 503 });
  const client = thermostatClient(t, service.url, { maxAttempts: 1 });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }));
  assert.equal(service.received.length, 1);
});

test('a client whose calls all fail stops trying again until one succeeds', async (t) => {
  const service = await inTurn(t, { status: 503 });
  const client = thermostatClient(t, service.url, { clock: testClock(), maxAttempts: 1000 });
  await assert.rejects(client.call(setTemperature, { room: 'hall' }));
  assert.equal(service.received.length, 101);
  await assert.rejects(client.call(setTemperature, { room: 'hall' }));
  assert.equal(service.received.length, 102);
});

test('in adaptive mode a throttled client slows down before it sends', async (t) => {
  const service = await inTurn(t, {}, {}, {}, throttled);
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock, retryMode: 'adaptive', maxAttempts: 1 });
  for (let call = 0; call < 3; call += 1) {
    await client.call(setTemperature, { room: 'hall' });
    clock.advance(500);
  }
  await assert.rejects(client.call(setTemperature, { room: 'hall' }));
  assert.deepEqual(clock.sleeps, []);
  await assert.rejects(client.call(setTemperature, { room: 'hall' }));
  assert.equal(clock.sleeps.length, 1);
});
