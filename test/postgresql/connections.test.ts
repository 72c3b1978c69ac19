import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../packages/server/src/store/postgresql/database.ts';
import {
  readStatement,
  uuidInArray,
  writeStatement,
} from '../../packages/server/src/store/postgresql/statement.ts';
import { run } from '../../packages/server/src/store/sql/work.ts';
import { StoreUnavailable } from '../../packages/server/src/store/store-unavailable.ts';
import { startCuttingProxy } from './harness/cutting-proxy.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';
import { count, find, openStoreUnderTest } from './harness/store-under-test.ts';

test('values come as numbers, bytes and text', { skip: skipWithoutPostgresql }, async () => {
  await using database = await newDatabase();
  const store = new Database(parseConnectionUrl(database.url));
  const read = readStatement(
    'test_values',
    `SELECT $1::bigint AS id, $2::uuid AS uuid, $3::bytea AS bytes, '{"a": 1}'::jsonb AS json`,
  );
  const uuid = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const [row] = await store.read(read, [5, uuid, new Uint8Array([1, 2])]);
  assert.deepEqual({ ...row }, { id: 5, uuid, bytes: Buffer.from([1, 2]), json: '{"a": 1}' });
  await store.close();
});

test('a batch has ids of users as its keys', { skip: skipWithoutPostgresql }, async () => {
  await using database = await newDatabase();
  await database.sql('CREATE TABLE person (id uuid PRIMARY KEY)');
  const store = new Database(parseConnectionUrl(database.url));
  const add = store.batch<Buffer>({
    statement: writeStatement(
      'test_add_people',
      'INSERT INTO person SELECT * FROM unnest($1::uuid[]) AS t (id) ORDER BY id ON CONFLICT DO NOTHING RETURNING id',
      'repeat',
    ),
    ...{ keyColumn: 'id', key: (id) => id, values: (id) => [uuidInArray(id)] },
  });
  const ids = [1, 2, 3].map((last) => Buffer.from(last.toString(16).padStart(32, '0'), 'hex'));
  const written = await Promise.all(ids.map(add));
  assert.deepEqual(
    written.map(({ row }) => row?.['id']),
    ids,
  );
  assert.equal((await add(ids[0]!)).row, undefined);
  await store.close();
});

test('several hosts are tried in turn, and the one that takes writes is kept', {
  skip: skipWithoutPostgresql,
}, async () => {
  await using database = await newDatabase();
  await using readOnly = await newDatabase();
  const name = new URL(readOnly.url).pathname.slice(1);
  await readOnly.sql(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  const { host, username, password } = new URL(database.url);
  await using closed = await startCuttingProxy({ host: 'localhost', port: 1 });
  closed.refuse();
  const url = `postgres://${username}:${password}@127.0.0.1:${closed.port},${host}${new URL(database.url).pathname}`;
  const store = new Database(parseConnectionUrl(url));
  const rows = await store.read(readStatement('test_host', 'SELECT current_database() AS name'), []);
  assert.equal(rows[0]?.['name'], new URL(database.url).pathname.slice(1));
  await store.close();
  const standby = new Database(parseConnectionUrl(readOnly.url));
  await assert.rejects(
    standby.connections.open({ statementTimeoutMs: 0, lockTimeoutMs: 0, answerWithinMs: 0 }),
    { name: 'StatementFailure', sqlState: '25006', message: /the server only reads: it is a standby$/ },
  );
  await standby.close();
});

test('a wrong password is named by its host, and not told', { skip: skipWithoutPostgresql }, async () => {
  await using database = await newDatabase();
  const url = new URL(database.url);
  url.password = 'mistaken';
  const store = new Database(parseConnectionUrl(url.href));
  const failure: Error = await store.connections
    .open({ statementTimeoutMs: 0, lockTimeoutMs: 0, answerWithinMs: 0 })
    .then(
      () => assert.fail(),
      (error) => error,
    );
  assert.match(failure.message, /^127\.0\.0\.1:\d+: Cannot connect: password authentication failed for user/);
  assert.doesNotMatch(inspect(failure, { depth: 9 }), /mistaken/);
  await store.close();
});

test('a database that cannot be reached for 8 seconds is told to everybody who asks, until it is back', {
  skip: skipWithoutPostgresql,
}, async () => {
  await using under = await openStoreUnderTest();
  await under.sql('INSERT INTO session VALUES (1)');
  await under.store.read(find, [1]);
  under.proxy.refuse();
  const ask = [
    () => under.store.read(find, [1]),
    () => under.store.write(count, [1]),
    () => under.rotate({ id: 1, generation: 0 }),
    () => under.store.transaction(() => run('DELETE FROM session'), 'giveUp'),
  ];
  for (let time = 0; time < 2; time += 1)
    await Promise.all(ask.map((each) => assert.rejects(each(), StoreUnavailable)));
  under.proxy.refuse(false);
  let rows: readonly object[] = [];
  while (rows.length === 0) {
    await setImmediate();
    rows = await under.store.read(find, [1]).catch(() => []);
  }
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [{ id: 1, generation: 0 }],
  );
});
