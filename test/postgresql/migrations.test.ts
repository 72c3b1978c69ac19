import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import {
  type Connections,
  createConnections,
} from '../../packages/server/src/store/postgresql/connections.ts';
import {
  buildIndex,
  type Migration,
  migrations,
} from '../../packages/server/src/store/postgresql/migrations.ts';
import { SchemaKeeper } from '../../packages/server/src/store/postgresql/schema-keeper.ts';
import { type CuttingProxy, startCuttingProxy } from './harness/cutting-proxy.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

/** The database's time is rounded to a millisecond, and `Date.now()` is cut down to one. */
const ROUNDING_MS = 2;

/** A made-up release after this one: it renames a column in two steps, and indexes a table in use. */
const next: readonly Migration[] = [
  ...migrations,
  {
    name: 'widen',
    effect: 'widens',
    statements: ['ALTER TABLE account ADD COLUMN IF NOT EXISTS nickname text'],
  },
  {
    ...{ name: 'an index', effect: 'widens', isOutsideTransaction: true },
    statements: buildIndex('account_by_nickname', 'account (nickname)'),
  },
  { name: 'narrow', effect: 'narrows', statements: ['ALTER TABLE account DROP COLUMN IF EXISTS email'] },
];

interface Stand extends AsyncDisposable {
  readonly sql: TestDatabase['sql'];
  readonly proxy: CuttingProxy;
  /** The time of all replicas. */
  readonly clock: { nowMs: number };
  replica(migrations?: readonly Migration[], outdated?: string[]): SchemaKeeper;
  /** A replica whose clock is `offMs` ahead of this process's. @param told - is told the differences that it finds */
  replicaOff(offMs: () => number, told: number[]): SchemaKeeper;
}

async function openStand(): Promise<Stand> {
  const database = await newDatabase();
  const url = new URL(database.url);
  const proxy = await startCuttingProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const all: Connections[] = [];
  const clock = { nowMs: 1_800_000_000_000 };
  const connect = () => {
    const connections = createConnections(parseConnectionUrl(url.href));
    all.push(connections);
    return connections;
  };
  return {
    ...{ sql: database.sql, proxy, clock },
    replica(steps = migrations, outdated = []) {
      return new SchemaKeeper(connect(), {
        ...{ replicaId: randomBytes(16), release: `with ${steps.length} steps`, migrations: steps },
        now: () => clock.nowMs,
        onOutdated: ({ message }) => outdated.push(message),
        onFailure: () => undefined,
      });
    },
    replicaOff(offMs, told) {
      return new SchemaKeeper(connect(), {
        ...{ replicaId: randomBytes(16), release: 'of tests' },
        now: () => Date.now() + offMs(),
        onClock: (differenceMs) => told.push(differenceMs),
        onOutdated: assert.fail,
        onFailure: (error) => assert.fail(String(error)),
      });
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((each) => each.close()));
      await proxy[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function stateOf({ sql }: Stand): Promise<object> {
  const [row] = await sql(
    'SELECT step::int, oldest_step_served::int AS oldest, migrating_by IS NOT NULL AS busy FROM schema_state',
  );
  return row!;
}

describe('the schema of a PostgreSQL store', { skip: skipWithoutPostgresql }, () => {
  test('is made by the first replica, and left as it is by the next', async () => {
    await using stand = await openStand();
    await stand.replica().open();
    await stand.replica().open();
    assert.deepEqual(await stateOf(stand), { step: migrations.length, oldest: 0, busy: false });
    assert.equal((await stand.sql('SELECT * FROM replica')).length, 2);
  });

  test('is made once where three replicas start at the same time', async () => {
    await using stand = await openStand();
    await Promise.all(Array.from({ length: 3 }, () => stand.replica(next.slice(0, -1)).open()));
    assert.deepEqual(await stateOf(stand), { step: next.length - 1, oldest: 0, busy: false });
    const [index] = await stand.sql(
      "SELECT indisvalid FROM pg_index WHERE indexrelid = 'account_by_nickname'::regclass",
    );
    assert.equal(index?.['indisvalid'], true);
  });

  for (const phase of ['beforeSending', 'afterSending', 'atAnswer'] as const) {
    for (const statement of [
      /^CREATE TABLE IF NOT EXISTS membership/,
      /^ALTER TABLE/,
      /^CREATE INDEX CONCURRENTLY/,
      /^UPDATE schema_state SET step/,
      /^COMMIT/,
    ]) {
      test(`is finished after a connection that is cut ${phase} at ${statement}`, async () => {
        await using stand = await openStand();
        stand.proxy.cutNext(statement, phase);
        await stand.replica(next).open();
        assert.equal(stand.proxy.cuts, 1);
        assert.deepEqual(await stateOf(stand), { step: next.length, oldest: next.length, busy: false });
      });
    }
  }

  test('is finished by another replica when one dies in the midst of it, once its lease is over', async () => {
    await using stand = await openStand();
    await stand.replica().open();
    const untilMs = stand.clock.nowMs + 30_000;
    await stand.sql('UPDATE schema_state SET migrating_by = gen_random_uuid(), migrating_until_ms = $1', [
      untilMs,
    ]);
    const asked = stand.proxy.holdNext(/SET migrating_by = \$1/);
    let isOpen = false;
    const opening = stand
      .replica(next)
      .open()
      .then(() => {
        isOpen = true;
      });
    await asked.arrived;
    asked.release();
    assert.equal(isOpen, false);
    stand.clock.nowMs = untilMs;
    await opening;
    // The first replica may serve yet, so nothing is narrowed.
    assert.deepEqual(await stateOf(stand), { step: next.length - 1, oldest: 0, busy: false });
  });

  test('an index whose build was interrupted is built anew', async () => {
    await using stand = await openStand();
    await stand.replica().open();
    await stand.sql('ALTER TABLE account ADD COLUMN nickname text');
    await stand.sql('CREATE INDEX account_by_nickname ON account (name)');
    await stand.replica(next).open();
    const [index] = await stand.sql("SELECT pg_get_indexdef('account_by_nickname'::regclass) AS text");
    assert.match(String(index?.['text']), /\(nickname\)/);
  });

  test('is widened beside an older replica, and narrowed once that one is gone', async () => {
    await using stand = await openStand();
    const older = stand.replica();
    await older.open();
    const newer = stand.replica(next);
    await newer.open();
    assert.deepEqual(await stateOf(stand), { step: next.length - 1, oldest: 0, busy: false });
    await older.announce();
    await newer.migrate();
    assert.deepEqual(await stateOf(stand), { step: next.length - 1, oldest: 0, busy: false });
    await older.close();
    await newer.migrate();
    assert.deepEqual(await stateOf(stand), { step: next.length, oldest: next.length, busy: false });
  });

  test('is narrowed a minute after an older replica was seen last, which is told when it comes back', async () => {
    await using stand = await openStand();
    const outdated: string[] = [];
    const older = stand.replica(migrations, outdated);
    await older.open();
    const newer = stand.replica(next);
    await newer.open();
    stand.clock.nowMs += 60_000;
    await newer.migrate();
    assert.deepEqual(await stateOf(stand), { step: next.length, oldest: next.length, busy: false });
    assert.deepEqual(outdated, []);
    await older.announce();
    assert.equal(outdated.length, 1);
  });

  test('is refused by an older release once it is narrowed, with words', async () => {
    await using stand = await openStand();
    await stand.replica(next).open();
    await assert.rejects(
      stand.replica().open(),
      new RegExp(
        `a newer Latchkey has brought it to schema ${next.length}, and with ${migrations.length} steps knows up to ${migrations.length}: install the newer one again$`,
      ),
    );
  });

  test('a step that fails says which one it was, and what follows it is left', async () => {
    await using stand = await openStand();
    const wrong: Migration = {
      name: 'a mistake',
      effect: 'widens',
      statements: ['ALTER TABLE nothing ADD COLUMN a int'],
    };
    await assert.rejects(
      stand.replica([...migrations, wrong]).open(),
      new RegExp(
        `^Error: Cannot bring the store to schema ${migrations.length + 1} \\(a mistake\\): relation "nothing" does not exist$`,
      ),
    );
    assert.deepEqual(await stateOf(stand), { step: migrations.length, oldest: 0, busy: false });
  });
});

describe("a replica compares its clock with the database's", { skip: skipWithoutPostgresql }, () => {
  const HOUR_MS = 3_600_000;

  test('at each announcement, and tells how far it is ahead or behind', async () => {
    await using stand = await openStand();
    const told: number[] = [];
    let offMs = HOUR_MS;
    const replica = stand.replicaOff(() => offMs, told);
    await replica.open();
    for (offMs of [-HOUR_MS, 0]) await replica.announce();
    const [ahead, behind, right] = told;
    assert.equal(told.length, 3);
    // What the answer took is taken off, so the difference is never too large.
    assert.ok(ahead! > HOUR_MS / 2 && ahead! <= HOUR_MS + ROUNDING_MS, String(ahead));
    assert.ok(behind! < -HOUR_MS / 2 && behind! >= -HOUR_MS - ROUNDING_MS, String(behind));
    assert.ok(Math.abs(right!) <= ROUNDING_MS, String(right));
  });

  test('and takes no answer that is late for a difference', async () => {
    await using stand = await openStand();
    const told: number[] = [];
    let offMs = -10_000;
    const replica = stand.replicaOff(() => offMs, told);
    await replica.open();
    const asked = stand.proxy.holdNext(/^INSERT INTO replica/);
    const announced = replica.announce();
    await asked.arrived;
    // By the replica's clock, which ran 10 seconds behind and runs 10 seconds ahead now, the answer takes 20 seconds.
    offMs = 10_000;
    asked.release();
    await announced;
    assert.equal(told[1], 0);
  });
});
