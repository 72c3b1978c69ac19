import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { BOUNDS, MakeError, Maker } from './maker.ts';

const settings = { baseUrl: 'http://localhost:8484', models: [] };
const sts = { path: '/v0.4/services/sts.ts', query: '', forPerson: false, isStale: false };

test('what takes too long is given up, and the next request is answered', async () => {
  const hasty = new Maker(settings, { ...BOUNDS, timeoutMs: 1 });
  after(() => hasty.close());
  await assert.rejects(
    hasty.make(sts),
    (error: MakeError) =>
      error instanceof MakeError && error.code === 'timedOut' && /1 ms/.test(error.message),
  );
  const patient = new Maker(settings);
  after(() => patient.close());
  assert.equal((await patient.make(sts)).status, 200);
});

test('only so many may wait', async () => {
  const maker = new Maker(settings, { ...BOUNDS, maxWaiting: 2 });
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => maker.make(sts)));
  await maker.close();
  assert.deepEqual(
    made.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
});

test('whoever waits while the server stops is told', async () => {
  const maker = new Maker(settings);
  const waiting = [maker.make(sts), maker.make(sts)];
  const settled = Promise.allSettled(waiting);
  await maker.close();
  for (const outcome of await settled) assert.equal(outcome.status, 'rejected');
});
