import type { Write } from '../../../packages/server/src/store/postgresql/batches.ts';
import { parseConnectionUrl } from '../../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../../packages/server/src/store/postgresql/database.ts';
import { readStatement, writeStatement } from '../../../packages/server/src/store/postgresql/statement.ts';
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts';
import { newDatabase, type TestDatabase } from './database.ts';

/** A database that is reached by the cutting proxy, with a table of sessions. */
export interface StoreUnderTest extends AsyncDisposable {
  readonly store: Database;
  readonly proxy: CuttingProxy;
  /** Beside the store, and not by the proxy. */
  readonly sql: TestDatabase['sql'];
  readonly rotate: Write<{ readonly id: number; readonly generation: number }>;
  readonly insert: Write<{ readonly id: number; readonly salt: string }>;
}

const rotateStatement = writeStatement(
  'test_rotate',
  `UPDATE session a SET generation = t.generation + 1
   FROM (SELECT * FROM unnest($1::bigint[], $2::int[]) AS t (id, generation) ORDER BY id) t
   WHERE a.id = t.id AND a.generation = t.generation RETURNING a.id`,
  'repeat',
);
const insertStatement = writeStatement(
  'test_insert',
  `INSERT INTO session (id, salt) SELECT * FROM unnest($1::bigint[], $2::text[]) AS t (id, salt) ORDER BY id
   ON CONFLICT DO NOTHING RETURNING id`,
  'repeat',
);
/** Adds one, so that each time that it happens shows. */
export const count = writeStatement(
  'test_count',
  'UPDATE session SET generation = generation + 1 WHERE id = $1 RETURNING id',
  'giveUp',
);
export const countTwice = writeStatement(
  'test_count_twice',
  'UPDATE session SET generation = generation + 1  WHERE id = $1 RETURNING id',
  'repeat',
);
export const find = readStatement('test_find', 'SELECT id, generation FROM session WHERE id = $1');

export async function openStoreUnderTest(server?: string): Promise<StoreUnderTest> {
  const database = await newDatabase(server);
  await database.sql(`
    CREATE TABLE session (id bigint PRIMARY KEY, generation int NOT NULL DEFAULT 0, salt text CHECK (salt <> 'bad'));
    CREATE SEQUENCE tries;
    -- Raises an error the first times, and counts on though the transaction is rolled back.
    CREATE FUNCTION fail_first(times int, code text) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE try bigint := nextval('tries');
    BEGIN
      IF try <= times THEN RAISE EXCEPTION 'as asked for' USING ERRCODE = code; END IF;
      RETURN try;
    END $$`);
  const url = new URL(database.url);
  const proxy = await startCuttingProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  const store = new Database(parseConnectionUrl(url.href));
  return {
    ...{ store, proxy, sql: database.sql },
    rotate: store.batch({
      ...{ statement: rotateStatement, keyColumn: 'id', key: ({ id }) => id },
      values: ({ id, generation }) => [id, generation],
    }),
    insert: store.batch({
      ...{ statement: insertStatement, keyColumn: 'id', key: ({ id }) => id },
      values: ({ id, salt }) => [id, salt],
    }),
    async [Symbol.asyncDispose]() {
      await store.close();
      await proxy[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}
