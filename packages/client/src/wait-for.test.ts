import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiFactoryOptions } from './api-factory-options.ts';
import type { ServiceError } from './service-error.ts';
import { describeThing, scriptedClient, serviceError } from './testing/scripted-client.ts';
import { startStubService } from './testing/stub-service.ts';
import { testClock } from './testing/test-clock.ts';
import { getTemperature } from './testing/thermostat.ts';
import { thermostatClient } from './testing/thermostat-client.ts';
import { waitFor } from './wait-for.ts';
import type { Waiter } from './waiters/waiter.ts';

const thingReady: Waiter = {
  name: 'ThingReady',
  acceptors: [
    { state: 'success', output: ['field', 'status'], comparator: 'stringEquals', expected: 'READY' },
    { state: 'failure', output: ['field', 'status'], comparator: 'stringEquals', expected: 'BROKEN' },
    { state: 'retry', errorType: 'NotFound' },
  ],
  minDelay: 10,
  maxDelay: 60,
};

test('a wait ends with the answer that was waited for', async () => {
  const client = scriptedClient([{ status: 'MAKING' }, serviceError('NotFound'), { status: 'READY' }]);
  const answer = await waitFor(client, describeThing, { id: 1 }, thingReady);
  assert.deepEqual(answer, { status: 'READY' });
  assert.deepEqual(client.inputs, [{ id: 1 }, { id: 1 }, { id: 1 }]);
});

test('the time between calls doubles up to the most that the waiter allows', async () => {
  const client = scriptedClient([
    ...Array.from({ length: 5 }, () => ({ status: 'MAKING' })),
    { status: 'READY' },
  ]);
  await waitFor(client, describeThing, {}, thingReady);
  assert.deepEqual(client.sleeps, [10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('chance shortens the time between calls, down to the least that the waiter allows', async () => {
  const answers = [{}, {}, {}, { status: 'READY' }];
  const unlucky = scriptedClient(answers, 0);
  await waitFor(unlucky, describeThing, {}, thingReady);
  assert.deepEqual(unlucky.sleeps, [10_000, 10_000, 10_000]);
  const average = scriptedClient(answers, 0.5);
  await waitFor(average, describeThing, {}, thingReady);
  assert.deepEqual(average.sleeps, [10_000, 15_000, 25_000]);
});

test('the caller may shorten the time between calls', async () => {
  const client = scriptedClient([{}, {}, {}, { status: 'READY' }]);
  await waitFor(client, describeThing, {}, thingReady, { minDelaySeconds: 1, maxDelaySeconds: 2 });
  assert.deepEqual(client.sleeps, [1000, 2000, 2000]);
});

test('an answer that cannot become the wished one ends the wait', async () => {
  const client = scriptedClient([{ status: 'BROKEN' }]);
  await assert.rejects(waitFor(client, describeThing, {}, thingReady), {
    name: 'WaiterError',
    state: 'failure',
    attempts: 1,
    output: { status: 'BROKEN' },
  });
});

test('an error that the waiter does not know ends the wait, and is its cause', async () => {
  const denied = serviceError('AccessDenied');
  await assert.rejects(waitFor(scriptedClient([denied]), describeThing, {}, thingReady), {
    state: 'failure',
    message: 'ThingReady: will not come, the service answered AccessDenied: This is AccessDenied',
    cause: denied,
  });
});

test('what is not an answer of the service is thrown as it is', async () => {
  const offline = new TypeError('offline');
  await assert.rejects(waitFor(scriptedClient([offline]), describeThing, {}, thingReady), offline);
});

test('a wait gives up in time, with a last call shortly before', async () => {
  const client = scriptedClient([{ status: 'MAKING' }]);
  const waiting = waitFor(client, describeThing, {}, thingReady, { maxWaitSeconds: 35 });
  await assert.rejects(waiting, {
    state: 'timeout',
    attempts: 3,
    output: { status: 'MAKING' },
    message: 'ThingReady: had not come after 35 s (calls: 3); option "maxWaitSeconds" waits longer',
  });
  assert.deepEqual(client.sleeps, [10_000, 15_000]);
});

test('a wait can be aborted, between calls too', async () => {
  const client = scriptedClient([{}]);
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(waitFor(client, describeThing, {}, thingReady, { signal }), /enough/);

  const controller = new AbortController();
  const random = () => {
    controller.abort(new Error('later'));
    return 1;
  };
  const aborting = { ...client, clock: { ...client.clock, random } };
  await assert.rejects(
    waitFor(aborting, describeThing, {}, thingReady, { signal: controller.signal }),
    /later/,
  );
  assert.equal(client.inputs.length, 1);
});

const thingGone: Waiter = {
  name: 'ThingGone',
  acceptors: [
    { state: 'success', errorType: 'ThingNotFound' },
    { state: 'retry', success: true },
  ],
};

test('waiting until something is gone ends with the error that says so', async () => {
  const gone = serviceError('ThingNotFound');
  const error = await waitFor<ServiceError>(scriptedClient([{}, gone]), describeThing, {}, thingGone);
  assert.equal(error, gone);
});

test('an error may be named by its code in the query protocol', async () => {
  const operation = {
    ...describeThing,
    errors: [
      {
        type: 'structure',
        name: 'ThingNotFoundFault',
        members: {},
        fault: 'client',
        status: 404,
        queryError: { code: 'ThingNotFound', status: 404 },
      },
    ],
  } as const;
  const gone = serviceError('ThingNotFoundFault');
  assert.equal(await waitFor(scriptedClient([gone]), operation, {}, thingGone), gone);
});

test('a wait gives up in time while an answer stalls', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const fetch: ApiFactoryOptions['fetch'] = () => {
    setImmediate(() => t.mock.timers.tick(60_000));
    return new Promise(() => {});
  };
  const client = thermostatClient(t, 'http://localhost', { fetch, clock: testClock() });
  const waited = waitFor(client, getTemperature, { room: 'attic' }, thingReady, { maxWaitSeconds: 60 });
  await assert.rejects(waited, { name: 'WaiterError', state: 'timeout', attempts: 1 });
});

test('a wait without time makes one call', async () => {
  const client = scriptedClient([{ status: 'MAKING' }]);
  const waited = waitFor(client, describeThing, {}, thingReady, { maxWaitSeconds: 0 });
  await assert.rejects(waited, { state: 'timeout', attempts: 1, output: { status: 'MAKING' } });
  assert.equal(client.inputs.length, 1);
});

test('a room is waited for until it is warm, over the network', async (t) => {
  const answers = [
    { status: 400, headers: { 'x-amzn-errortype': 'TooColdException' }, body: '{"message":"Brr"}' },
    { body: '{"degrees":12}' },
    { body: '{"degrees":21}' },
  ];
  const service = await startStubService(t, () => answers.shift());
  const clock = testClock();
  const client = thermostatClient(t, service.url, { clock });
  const warm: Waiter = {
    name: 'RoomWarm',
    acceptors: [
      {
        state: 'success',
        output: ['compare', '>', ['field', 'degrees'], ['literal', 20]],
        comparator: 'booleanEquals',
        expected: 'true',
      },
      { state: 'retry', errorType: 'TooColdException' },
    ],
  };
  assert.deepEqual(await waitFor(client, getTemperature, { room: 'attic' }, warm), { degrees: 21 });
  assert.deepEqual(clock.sleeps, [2000, 4000]);
});
