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

test('a server whose store was changed by a newer release is not ready any more, whatever the store takes', async () => {
  const { readiness, pass } = readinessOf(async () => undefined);
  assert.equal(await readiness.findObstacle(), undefined);
  readiness.outdated();
  const outdated = 'A newer release of Latchkey has changed the store: this one cannot go on';
  assert.equal(await readiness.findObstacle(), outdated);
  readiness.directoryLoaded();
  pass(3_600_000);
  assert.equal(await readiness.findObstacle(), outdated);
});

for (const [differenceMs, off] of [
  [5_000, '5 s ahead of'],
  [-5_000, '5 s behind'],
  [7_299, '7.2 s ahead of'],
  [-3_600_000, '3600 s behind'],
] as const) {
  test(`a server whose clock is ${off} the database's is not ready until the clocks agree again`, async () => {
    const { readiness, clock, log } = readinessOf(async () => undefined);
    clock.measured(differenceMs);
    const obstacle = `The clock of this machine is ${off} the database's: set both by NTP`;
    assert.equal(await readiness.findObstacle(), obstacle);
    clock.measured(0);
    assert.equal(await readiness.findObstacle(), undefined);
    assert.deepEqual(log, [
      `error: Not ready. ${obstacle}`,
      "info: Ready again: the clock of this machine agrees with the database's",
    ]);
  });
}

for (const differenceMs of [1_999, -1_999, 0]) {
  test(`a clock that is ${differenceMs} ms off the database's is right`, async () => {
    const { readiness, clock, log } = readinessOf(async () => undefined);
    clock.measured(differenceMs);
    assert.equal(await readiness.findObstacle(), undefined);
    assert.deepEqual(log, []);
  });
}

for (const differenceMs of [2_000, -2_000, 4_999, -4_999]) {
  test(`a clock that is ${differenceMs} ms off the database's is warned of, and the server is ready`, async () => {
    const { readiness, clock, log } = readinessOf(async () => undefined);
    clock.measured(differenceMs);
    assert.equal(await readiness.findObstacle(), undefined);
    assert.equal(log.length, 1);
    assert.match(log[0]!, /^warn: The clock of this machine is (2|4\.9) s (ahead of|behind) the database's/);
  });
}

test('the log says how far the clock is off once, and again when that has changed by a second or more', () => {
  const { clock, log } = readinessOf(async () => undefined);
  const lines = [2_000, 2_000, 2_900, 1_900, 2_100, 3_100, 4_900, 5_000, 5_500, 4_900, 4_500, 1_500, 0].map(
    (ms) => {
      clock.measured(ms);
      return log.splice(0).map((line) => line.replace(" the database's: set both by NTP", ''));
    },
  );
  assert.deepEqual(lines, [
    ['warn: The clock of this machine is 2 s ahead of'],
    ...[[], [], [], []],
    ['warn: The clock of this machine is 3.1 s ahead of'],
    ['warn: The clock of this machine is 4.9 s ahead of'],
    ['error: Not ready. The clock of this machine is 5 s ahead of'],
    [],
    ['warn: Ready again. The clock of this machine is 4.9 s ahead of'],
    [],
    ["info: The clock of this machine agrees with the database's"],
    [],
  ]);
});
