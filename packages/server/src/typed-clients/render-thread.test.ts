import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { brand } from '../fixtures/brand.ts';
import { RenderError, RenderThread } from './render-thread.ts';

const settings = { baseUrl: 'http://localhost:8484', models: [], brand, searchIndex: ':memory:' };
const sts = { path: '/v0.4/services/sts.ts', query: '', forPerson: false, isStale: false };

/** A request that is the same as no other. */
const anew = (index: number) => ({ ...sts, query: `actions=A${index}` });

test('the render thread gives up a request that takes too long, and answers the next one', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const thread = new RenderThread(settings, { timeoutMs: 60_000 });
  after(() => thread.close());
  const rendered = thread.render(sts, 'alice');
  t.mock.timers.tick(60_000);
  await assert.rejects(
    rendered,
    (error: RenderError) =>
      error instanceof RenderError && error.code === 'timedOut' && /60000 ms/.test(error.message),
  );
  assert.equal((await thread.render(sts, 'alice')).status, 200);
});

test('the render thread refuses requests beyond the queue of one client, and beyond all queues', async () => {
  const thread = new RenderThread(settings, {
    maxWaitingPerClient: 2,
    maxWaiting: 3,
  });
  const rendered = await Promise.allSettled(
    ['alice', 'alice', 'alice', 'alice', 'bob', 'bob'].map((client, index) =>
      thread.render(anew(index), client),
    ),
  );
  await thread.close();
  assert.deepEqual(
    rendered.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
});

test('clients of the render thread take turns, however many requests one of them has waiting', async () => {
  const thread = new RenderThread(settings);
  const order: string[] = [];
  const ask = (client: string, index: number) =>
    thread.render(anew(index), client).then(() => order.push(client));
  await Promise.all(['alice', 'alice', 'alice', 'alice', 'bob'].map(ask));
  await thread.close();
  assert.deepEqual(order, ['alice', 'alice', 'bob', 'alice', 'alice']);
});

test('a client that waits for what another waits for, too, does not wait for the turns of that one', async () => {
  const thread = new RenderThread(settings);
  const order: string[] = [];
  const ask = (client: string, index: number) =>
    thread.render(anew(index), client).then((rendered) => {
      order.push(`${index} for ${client}`);
      return rendered;
    });
  const crowd = Promise.all([0, 1, 2, 3].map((index) => ask('alice', index)));
  const [rendered, running] = await Promise.all([ask('bob', 3), ask('bob', 0)]);
  const all = await crowd;
  await thread.close();
  assert.equal(rendered, all[3], 'rendered once');
  assert.equal(running, all[0], 'rendered once');
  assert.deepEqual(order, [
    ...['0 for alice', '0 for bob', '1 for alice'],
    ...['3 for alice', '3 for bob', '2 for alice'],
  ]);
});

test('requests for the same module from one client have one place in the queue', async () => {
  const thread = new RenderThread(settings, { maxWaitingPerClient: 1 });
  const rendered = await Promise.all([
    thread.render(anew(0), 'alice'),
    ...Array.from({ length: 20 }, () => thread.render(anew(1), 'alice')),
  ]);
  await thread.close();
  assert.equal(new Set(rendered).size, 2);
});

test('when the queue of the render thread is full, a client without a place takes one of the client with the most', async () => {
  const thread = new RenderThread(settings, { maxWaitingPerClient: 3, maxWaiting: 3 });
  const waiting = Promise.allSettled([
    ...[0, 1, 2, 3].map((index) => thread.render(anew(index), '2001:db8:1::1')),
    thread.render(anew(3), '192.0.2.1'),
    thread.render(anew(4), '192.0.2.2'),
  ]);
  const outcomes = await waiting;
  await thread.close();
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled'],
  );
});

test('closing the render thread rejects what it works on, what waits and what comes later as stopping', async () => {
  const thread = new RenderThread(settings);
  const waiting = [thread.render(sts, 'alice'), thread.render(sts, 'alice')];
  const settled = Promise.allSettled(waiting);
  await thread.close();
  const later = await Promise.allSettled([thread.render(sts, 'alice')]);
  for (const outcome of [...(await settled), ...later]) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof RenderError);
    assert.equal(outcome.reason.code, 'stopping');
  }
});

test('the render thread gives up a model that takes too much memory, and answers the next request', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-models-'));
  after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'huge.json'), hugeModel());
  const thread = new RenderThread(
    { ...settings, models: [folder], brand, searchIndex: ':memory:' },
    { maxHeapMiB: 48 },
  );
  after(() => thread.close());
  await assert.rejects(
    thread.render({ ...sts, path: '/v0.4/services/huge.ts' }, 'alice'),
    (error: RenderError) =>
      error.code === 'outOfMemory' && /services\/huge\.ts takes more than 48 MiB/.test(error.message),
  );
  assert.equal((await thread.render(sts, 'alice')).status, 200);
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
