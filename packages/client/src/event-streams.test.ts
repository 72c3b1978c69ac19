import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventValue } from '@latchkey/wire';
import { verifyEvents } from '@latchkey/wire/sigv4/verify-events';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { eventStreams } from './event-streams.ts';
import { compareReadings, documents, readings } from './testing/readings.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { TooColdException } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';
import { verifyRequest, wireRequestOf } from './testing/verify-request.ts';

async function* iterable(...events: EventValue[]): AsyncGenerator<EventValue, void, undefined> {
  yield* events;
}

async function answerOf(...events: EventValue[]): Promise<Buffer> {
  return Buffer.concat(
    await Array.fromAsync(chunksOf(eventStreams.write(readings, documents, iterable(...events)))),
  );
}

test('events go out signed, and come in', async (t) => {
  const hall = { reading: { room: 'hall', degrees: 21 } };
  const attic = { reading: { room: 'attic', degrees: 12 } };
  const body = await answerOf(attic, hall);
  const service = await startStubService(t, () => ({ body }));
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock }, { eventStreams });
  const output = await client.call<{ readings: AsyncIterable<EventValue> }>(compareReadings, {
    readings: iterable(hall, attic),
  });
  assert.deepEqual(await Array.fromAsync(output.readings), [attic, hall]);

  const [request] = service.received;
  const verified = await verifyRequest(request, clock.now());
  assert(verified.kind === 'verified');
  const messages = verifyEvents(wireRequestOf(request), verified);
  const { events } = eventStreams.read(readings, documents, messages, false);
  assert.deepEqual(await Array.fromAsync(events), [hall, attic]);
});

test('an error among the events is of its own class', async (t) => {
  const body = await answerOf({ tooCold: { message: 'Brr', degrees: -4 } });
  const service = await startStubService(t, () => ({ body }));
  const client = thermostatClient(t, service.url, {}, { eventStreams });
  const output = await client.call<{ readings: AsyncIterable<EventValue> }>(compareReadings, {
    readings: iterable(),
  });
  await assert.rejects(Array.fromAsync(output.readings), (error) => {
    assert(error instanceof TooColdException);
    assert.equal(error.message, 'Brr');
    assert.equal(error.degrees, -4);
    assert.equal(error.fault, 'client');
    return true;
  });
});
