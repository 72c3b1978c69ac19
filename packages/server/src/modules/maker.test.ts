import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { BOUNDS, MakeError, Maker } from './maker.ts';

const settings = { baseUrl: 'http://localhost:8484', models: [] };
const sts = { path: '/v0.4/services/sts.ts', query: '', forPerson: false, isStale: false };

test('what takes too long is given up, and the next request is answered', async () => {
  const hasty = new Maker(settings, { ...BOUNDS, timeoutMs: 1 });
  after(() => hasty.close());
  await assert.rejects(
    hasty.make(sts, 'alice'),
    (error: MakeError) =>
      error instanceof MakeError && error.code === 'timedOut' && /1 ms/.test(error.message),
  );
  const patient = new Maker(settings);
  after(() => patient.close());
  assert.equal((await patient.make(sts, 'alice')).status, 200);
});

test('only so many may wait, of one asker and of all', async () => {
  const maker = new Maker(settings, { ...BOUNDS, maxWaitingEach: 2, maxWaiting: 3 });
  const made = await Promise.allSettled(
    ['alice', 'alice', 'alice', 'alice', 'bob', 'bob'].map((asker) => maker.make(sts, asker)),
  );
  await maker.close();
  assert.deepEqual(
    made.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
});

test('who asks for much does not keep out who asks for little', async () => {
  const maker = new Maker(settings);
  const order: string[] = [];
  const ask = (asker: string) => maker.make(sts, asker).then(() => order.push(asker));
  await Promise.all(['alice', 'alice', 'alice', 'alice', 'bob'].map(ask));
  await maker.close();
  assert.deepEqual(order, ['alice', 'alice', 'bob', 'alice', 'alice']);
});

test('whoever waits while the server stops is told', async () => {
  const maker = new Maker(settings);
  const waiting = [maker.make(sts, 'alice'), maker.make(sts, 'alice')];
  const settled = Promise.allSettled(waiting);
  await maker.close();
  for (const outcome of await settled) assert.equal(outcome.status, 'rejected');
  await assert.rejects(maker.make(sts, 'alice'), /stops/);
});

test('what takes too much memory is given up, and the next request is answered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-models-'));
  after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'huge.json'), hugeModel());
  const maker = new Maker({ ...settings, models: [folder] }, { ...BOUNDS, maxHeapMiB: 48 });
  after(() => maker.close());
  await assert.rejects(
    maker.make({ ...sts, path: '/v0.4/services/huge.ts' }, 'alice'),
    (error: MakeError) =>
      error.code === 'outOfMemory' && /services\/huge\.ts takes more than 48 MiB/.test(error.message),
  );
  assert.equal((await maker.make(sts, 'alice')).status, 200);
});

function hugeModel(): string {
  const service = {
    type: 'service',
    version: '2026-01-01',
    traits: {
      'aws.api#service': { sdkId: 'Huge' },
      'aws.protocols#restJson1': {},
      'smithy.api#title': 'Huge',
    },
  };
  const others = Array.from({ length: 200_000 }, (_, index) => [
    `example.huge#Shape${index}`,
    { type: 'string' },
  ]);
  return JSON.stringify({
    smithy: '2.0',
    shapes: { 'example.huge#Huge': service, ...Object.fromEntries(others) },
  });
}
