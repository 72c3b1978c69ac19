import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openSqliteStore } from './sqlite/sqlite-store.ts';
import { startSweeping } from './sweeping.ts';
import { askFromDevice, MINUTE_MS, START_MS } from './testing/rows.ts';

const HALF_A_MINUTE_MS = 30_000;

/** A store of requests that have all expired, swept while a test moves the timers. */
async function sweptStore(t: TestContext, requests: number, now = () => START_MS + 11 * MINUTE_MS) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const store = openSqliteStore(':memory:');
  const asked = await Promise.all(Array.from({ length: requests }, () => askFromDevice(store)));
  const failures: unknown[] = [];
  const stop = startSweeping(store, {
    now,
    onFailure: (error) => failures.push(error),
  });
  return {
    store,
    failures,
    stop,
    async pass(ms: number) {
      t.mock.timers.tick(ms);
      await setImmediate();
      await setImmediate();
    },
    async countLeft() {
      const rows = await Promise.all(asked.map(({ id }) => store.findAuthorization(id)));
      return rows.filter((row) => row !== undefined).length;
    },
  };
}

test('expired rows leave in batches, with time between for requests', async (t) => {
  const { store, stop, pass, countLeft } = await sweptStore(t, 180);
  await pass(HALF_A_MINUTE_MS - 1);
  assert.equal(await countLeft(), 180);
  await pass(1);
  assert.equal(await countLeft(), 80);
  await pass(9);
  assert.equal(await countLeft(), 80);
  await pass(1);
  assert.equal(await countLeft(), 0);
  stop();
  await store.close();
});

test('rows are kept for a minute after they expired, as the clock of another process may be behind', async (t) => {
  let nowMs = START_MS + 11 * MINUTE_MS - 1;
  const { store, stop, pass, countLeft } = await sweptStore(t, 10, () => nowMs);
  await pass(HALF_A_MINUTE_MS);
  assert.equal(await countLeft(), 10);
  nowMs += 1;
  await pass(HALF_A_MINUTE_MS);
  assert.equal(await countLeft(), 0);
  stop();
  await store.close();
});

test('rows that expire later leave with a later walk', async (t) => {
  const { store, stop, pass } = await sweptStore(t, 10);
  await pass(HALF_A_MINUTE_MS);
  const { id } = await askFromDevice(store);
  await pass(HALF_A_MINUTE_MS - 1);
  assert.notEqual(await store.findAuthorization(id), undefined);
  await pass(1);
  assert.equal(await store.findAuthorization(id), undefined);
  stop();
  await store.close();
});

test('nothing is swept once it is stopped', async (t) => {
  const { store, stop, pass, countLeft } = await sweptStore(t, 10);
  stop();
  await pass(10 * HALF_A_MINUTE_MS);
  assert.equal(await countLeft(), 10);
  await store.close();
});

test('a batch that fails is told of, and the next walk tries again', async (t) => {
  const { store, failures, stop, pass } = await sweptStore(t, 10);
  await store.close();
  await pass(HALF_A_MINUTE_MS);
  assert.equal(failures.length, 1);
  await pass(HALF_A_MINUTE_MS);
  assert.equal(failures.length, 2);
  stop();
});
