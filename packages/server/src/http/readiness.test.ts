import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readinessOf, sqliteError } from './testing/readiness.ts';

test('whether the store can be written is tried at most once a second, however many ask', async () => {
  let tries = 0;
  const { readiness, pass } = readinessOf(async () => {
    tries += 1;
  });
  const ask = (times: number) => Promise.all(Array.from({ length: times }, () => readiness.findObstacle()));
  await ask(100);
  pass(999);
  await ask(100);
  assert.equal(tries, 1);
  pass(1);
  await ask(100);
  assert.equal(tries, 2);
});

test('everybody who asks while a write is tried waits for that one', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let tries = 0;
  const { readiness } = readinessOf(() => {
    tries += 1;
    return promise;
  });
  const asked = [readiness.findObstacle(), readiness.findObstacle()];
  resolve();
  assert.deepEqual(await Promise.all(asked), [undefined, undefined]);
  assert.equal(tries, 1);
});

test('a clock that was set back does not keep the last answer', async () => {
  let tries = 0;
  const { readiness, pass } = readinessOf(async () => {
    tries += 1;
  });
  await readiness.findObstacle();
  pass(-3_600_000);
  await readiness.findObstacle();
  assert.equal(tries, 2);
});

for (const [errcode, reason] of [
  [13, 'its disk is full'],
  [8, 'it is read-only'],
  [8 | (4 << 8), 'it is read-only'], // SQLITE_READONLY_DBMOVED
  [10 | (3 << 8), 'its disk reports an error'], // SQLITE_IOERR_WRITE
  [11, 'the database is damaged'],
  [14, 'a file of it cannot be opened'],
  [21, 'see the log of the server'],
] as const) {
  test(`a store that fails with SQLite's code ${errcode} is not ready, because ${reason}`, async () => {
    const { readiness } = readinessOf(async () => {
      throw sqliteError(errcode, 'secret details, such as /var/lib/latchkey/latchkey.db');
    });
    assert.equal(await readiness.findObstacle(), `The store cannot be written: ${reason}`);
  });
}

test('the log says once that the store cannot be written, and once that it can again', async () => {
  let isFull = false;
  const { readiness, log, pass } = readinessOf(async () => {
    if (isFull) throw sqliteError(13, 'database or disk is full');
  });
  for (const full of [false, false, true, true, true, false, false]) {
    isFull = full;
    pass(1_000);
    assert.equal(
      await readiness.findObstacle(),
      full ? 'The store cannot be written: its disk is full' : undefined,
    );
  }
  assert.deepEqual(log, [
    'error: Not ready. The store cannot be written: its disk is full',
    'info: Ready again: the store can be written',
  ]);
});

test('a server that is stopping is not ready, also for those who asked just before', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { readiness } = readinessOf(() => promise);
  const asked = readiness.findObstacle();
  readiness.stop();
  resolve();
  assert.equal(await asked, 'The server is stopping');
  assert.equal(await readiness.findObstacle(), 'The server is stopping');
});
