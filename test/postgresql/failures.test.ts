import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../packages/server/src/store/postgresql/database.ts';
import type { StatementFailure } from '../../packages/server/src/store/postgresql/failure.ts';
import { readStatement, writeStatement } from '../../packages/server/src/store/postgresql/statement.ts';
import { run, type Work } from '../../packages/server/src/store/sql/work.ts';
import { StoreUnavailable } from '../../packages/server/src/store/store-unavailable.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';
import { startPostgresql } from './harness/server.ts';
import { count, find, openStoreUnderTest, type StoreUnderTest } from './harness/store-under-test.ts';

const failFirst = writeStatement('test_fail_first', 'SELECT fail_first($1::int, $2) AS tries', 'giveUp');
const failFirstSafely = writeStatement(
  'test_fail_first_safely',
  'SELECT  fail_first($1::int, $2) AS tries',
  'repeat',
);
const setReadOnly = readStatement(
  'test_read_only',
  "SELECT set_config('default_transaction_read_only', 'on', false)",
);
const deallocate = writeStatement('test_deallocate', 'DEALLOCATE ALL', 'giveUp');
const findAll = readStatement('test_find_all', 'SELECT * FROM session WHERE id = $1');
const lockNow = readStatement('test_lock', 'SELECT id FROM session WHERE id = $1 FOR UPDATE NOWAIT');

/** The tries that a function counted, whatever was rolled back. */
async function triesOf({ sql }: StoreUnderTest): Promise<number> {
  const [row] = await sql('SELECT last_value::int AS tries FROM tries');
  return row!['tries'] as number;
}

function unavailableBy(sqlState: string) {
  return (error: unknown) => {
    assert.ok(error instanceof StoreUnavailable, String(error));
    assert.equal((error.cause as StatementFailure).sqlState, sqlState);
    return true;
  };
}

/** Lets statements of the store that change the row wait, until the tests' transaction ends. */
async function holdRow(under: StoreUnderTest): Promise<void> {
  await under.sql('BEGIN; SELECT * FROM session WHERE id = 1 FOR UPDATE');
}

async function waitingBackend({ sql }: StoreUnderTest): Promise<number> {
  for (;;) {
    // In a transaction, what was looked up once is kept.
    await sql('SELECT pg_stat_clear_snapshot()');
    const [row] = await sql(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    if (row !== undefined) return row['pid'] as number;
  }
}

describe('PostgreSQL answers', { skip: skipWithoutPostgresql }, () => {
  // Raised by a function of the test.
  for (const code of ['40001', '40P01', '57P03', '53300', '25006']) {
    test(`${code}: a write is tried 3 times, also one that may not happen twice`, async () => {
      await using under = await openStoreUnderTest();
      const [row] = await under.store.write(failFirst, [2, code]);
      assert.equal(row?.['tries'], 3);
    });

    test(`${code}: after 3 tries the store is unavailable`, async () => {
      await using under = await openStoreUnderTest();
      await assert.rejects(under.store.write(failFirst, [9, code]), unavailableBy(code));
      assert.equal(await triesOf(under), 3);
    });

    test(`${code}: a transaction begins anew`, async () => {
      await using under = await openStoreUnderTest();
      await under.sql('INSERT INTO session VALUES (1)');
      function* work(): Work<void> {
        yield* run('UPDATE session SET generation = generation + 1 WHERE id = ?', 1);
        yield* run('SELECT fail_first(?, ?)', 2, code);
      }
      await under.store.transaction(work, 'giveUp');
      assert.equal(await triesOf(under), 3);
      assert.deepEqual(await under.sql('SELECT generation FROM session'), [{ generation: 1 }]);
    });
  }

  for (const code of ['55P03', '57014', '53100', '53200', '53400']) {
    test(`${code}: nothing is repeated, and the store is unavailable`, async () => {
      await using under = await openStoreUnderTest();
      await assert.rejects(under.store.write(failFirstSafely, [9, code]), unavailableBy(code));
      assert.equal(await triesOf(under), 1);
    });
  }

  for (const code of ['57P01', '57P02', '57P05', '08006']) {
    test(`${code}: what is safe to repeat is repeated, and the rest is not`, async () => {
      await using under = await openStoreUnderTest();
      const [row] = await under.store.write(failFirstSafely, [1, code]);
      assert.equal(row?.['tries'], 2);
      await assert.rejects(under.store.write(failFirst, [9, code]), unavailableBy(code));
      assert.equal(await triesOf(under), 3);
    });
  }

  for (const code of ['23505', '42883', '22001', 'P0001', 'XX000']) {
    test(`${code}: it is the answer to the statement`, async () => {
      await using under = await openStoreUnderTest();
      await assert.rejects(under.store.write(failFirstSafely, [9, code]), {
        name: 'StatementFailure',
        sqlState: code,
      });
      assert.equal(await triesOf(under), 1);
    });
  }
});

describe('PostgreSQL really', { skip: skipWithoutPostgresql }, () => {
  test('refuses one row of a batch (23514): its caller is told, and the others are written', async () => {
    await using under = await openStoreUnderTest();
    const salts = ['a', 'bad', 'b', 'c'];
    const results = await Promise.allSettled(salts.map((salt, id) => under.insert({ id, salt })));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
    const { reason } = results[1] as PromiseRejectedResult;
    assert.deepEqual([reason.sqlState, reason.constraint], ['23514', 'session_salt_check']);
    assert.deepEqual(await under.sql('SELECT salt FROM session ORDER BY id'), [
      { salt: 'a' },
      { salt: 'b' },
      { salt: 'c' },
    ]);
  });

  test('cannot read one row of a batch (22021): its caller is told, and the others are written', async () => {
    await using under = await openStoreUnderTest();
    const results = await Promise.allSettled(
      ['a', 'zero \0', 'b'].map((salt, id) => under.insert({ id, salt })),
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  test('writes one row of each key in a batch, and the second one in the next', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session SELECT generate_series(1, 600)');
    const ids = Array.from({ length: 1_200 }, (_, index) => 600 - (index % 600));
    const written = await Promise.all(ids.map((id) => under.rotate({ id, generation: 0 })));
    assert.equal(written.filter(({ row }) => row !== undefined).length, 600);
  });

  test('ends the backend of a statement in flight (57P01): a rotation is repeated', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    await holdRow(under);
    const rotated = under.rotate({ id: 1, generation: 0 });
    await under.sql('SELECT pg_terminate_backend($1)', [await waitingBackend(under)]);
    await under.sql('COMMIT');
    assert.notEqual((await rotated).row, undefined);
  });

  test('ends the backend of a statement in flight (57P01): one that may not happen twice is not repeated', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    await holdRow(under);
    const counted = assert.rejects(under.store.write(count, [1]), unavailableBy('57P01'));
    await under.sql('SELECT pg_terminate_backend($1)', [await waitingBackend(under)]);
    await counted;
    await under.sql('COMMIT');
    assert.deepEqual(await under.sql('SELECT generation FROM session'), [{ generation: 0 }]);
  });

  test('ends idle connections (57P01): nobody notices', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    await under.store.read(find, [1]);
    await under.sql(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    for (let time = 0; time < 8; time += 1) assert.equal((await under.store.read(find, [1])).length, 1);
  });

  test('cancels a statement that waits (57014): the store is unavailable, and nothing happened', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    await holdRow(under);
    const rotated = assert.rejects(under.rotate({ id: 1, generation: 0 }), unavailableBy('57014'));
    await under.sql('SELECT pg_cancel_backend($1)', [await waitingBackend(under)]);
    await rotated;
    await under.sql('COMMIT');
    assert.deepEqual(await under.sql('SELECT generation FROM session'), [{ generation: 0 }]);
  });

  test('is told to end a statement after 4 seconds', async () => {
    await using under = await openStoreUnderTest();
    const show = readStatement('test_timeout', "SELECT current_setting('statement_timeout') AS is");
    assert.deepEqual({ ...(await under.store.read(show, []))[0] }, { is: '4s' });
  });

  test('does not get a lock (55P03): the store is unavailable', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    await holdRow(under);
    await assert.rejects(under.store.read(lockNow, [1]), unavailableBy('55P03'));
    await under.sql('ROLLBACK');
  });

  test('finds a deadlock (40P01): the transaction of the store happens all the same', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1), (2)');
    function* both(): Work<void> {
      for (const id of [2, 1]) yield* run('UPDATE session SET generation = generation + 1 WHERE id = ?', id);
    }
    // The other one looks for deadlocks later, so that it is the store that is refused.
    await under.sql("SET deadlock_timeout = '1min'");
    await holdRow(under);
    const changed = under.store.transaction(both, 'giveUp');
    await waitingBackend(under);
    await under.sql('UPDATE session SET generation = generation + 1 WHERE id = 2');
    await under.sql('COMMIT');
    await changed;
    assert.deepEqual(await under.sql('SELECT id::int, generation FROM session ORDER BY id'), [
      { id: 1, generation: 1 },
      { id: 2, generation: 2 },
    ]);
  });

  test('became a server that only reads (25006): the write is done on another connection', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    for (const slot of under.store.connections.batches.slots) await (await slot.link()).run(setReadOnly, []);
    assert.equal((await under.store.write(count, [1])).length, 1);
  });

  test('has lost a prepared statement (26000): it is prepared anew', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    for (const { link } of under.store.connections.batches.slots.map((slot) => ({
      link: () => slot.link(),
    }))) {
      await (await link()).run(count, [1]);
      await (await link()).run(deallocate, []);
    }
    assert.equal((await under.store.write(count, [1])).length, 1);
  });

  test('has another column by now (0A000): the statement is prepared anew', async () => {
    await using under = await openStoreUnderTest();
    await under.sql('INSERT INTO session VALUES (1)');
    for (let time = 0; time < 8; time += 1) await under.store.read(findAll, [1]);
    await under.sql('ALTER TABLE session ADD COLUMN more int');
    for (let time = 0; time < 8; time += 1)
      assert.equal((await under.store.read(findAll, [1]))[0]?.['more'], null);
  });

  test('has no room for one more connection (53300): it is waited for', async () => {
    await using database = await newDatabase();
    await database.sql("CREATE ROLE crowded LOGIN PASSWORD 'p' CONNECTION LIMIT 0");
    const url = new URL(database.url);
    Object.assign(url, { username: 'crowded', password: 'p' });
    const store = new Database(parseConnectionUrl(url.href));
    const refused = await store.connections
      .open({ statementTimeoutMs: 0, lockTimeoutMs: 0, answerWithinMs: 0 })
      .catch((error) => error);
    assert.equal(refused.sqlState, '53300');
    const answered = store.read(readStatement('test_one', 'SELECT 1 AS one'), []);
    await database.sql('ALTER ROLE crowded CONNECTION LIMIT 10');
    assert.deepEqual({ ...(await answered)[0] }, { one: 1 });
    await store.close();
    await database.sql('DROP ROLE crowded');
  });
});

describe('with a server of its own', { skip: skipWithoutPostgresql }, () => {
  test('a commit whose wait for the standby is cancelled (01000) is no success, and is not repeated', async () => {
    await using server = await startPostgresql({ synchronous_standby_names: 'away' });
    await using under = await openStoreUnderTest(server.url);
    await under.sql('INSERT INTO session VALUES (1)');
    for (const write of [
      () => under.rotate({ id: 1, generation: 0 }),
      () => under.store.write(count, [1]),
      () => under.store.transaction(() => run('UPDATE session SET generation = generation + 1'), 'repeat'),
    ]) {
      const written = assert.rejects(write(), unavailableBy('01000'));
      await under.sql('SELECT pg_cancel_backend($1)', [await committingBackend(under)]);
      await written;
    }
    assert.deepEqual(await under.sql('SELECT generation FROM session'), [{ generation: 3 }]);
  });

  test('a commit that waits for the standby longer than a statement may run is not cancelled', async (t) => {
    await using server = await startPostgresql({ synchronous_standby_names: 'away' });
    await using under = await openStoreUnderTest(server.url);
    await under.sql('INSERT INTO session VALUES (1)');
    await (await under.store.connections.batches.link()).command("SET statement_timeout = '10ms'");
    await (await under.store.connections.batches.link()).command("SET statement_timeout = '10ms'");
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const counted = assert.rejects(under.store.write(count, [1]), unavailableBy(undefined as never));
    await committingBackend(under);
    // Twice: the server itself has had time to end the statement, had it wanted to.
    await under.sql('SELECT pg_sleep(0.1)');
    await committingBackend(under);
    t.mock.timers.tick(5_000);
    await counted;
    t.mock.timers.reset();
    await under.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
    await under.sql('SELECT pg_terminate_backend($1)', [await committingBackend(under)]);
  });

  test('a server that shuts down and starts (57P03) is waited for', async () => {
    await using server = await startPostgresql();
    await using under = await openStoreUnderTest(server.url);
    await under.sql('INSERT INTO session VALUES (1)');
    await under.store.read(find, [1]);
    await server.stop();
    const found = eventually(() => under.store.read(find, [1]));
    await server.start();
    assert.equal((await found).length, 1);
  });
});

async function committingBackend({ sql }: StoreUnderTest): Promise<number> {
  for (;;) {
    const [row] = await sql("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
    if (row !== undefined) return row['pid'] as number;
  }
}

/** Asks again as long as the store is unavailable, as clients do. */
async function eventually<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await setImmediate();
    }
  }
}
