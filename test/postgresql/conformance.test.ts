import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, describe, test } from 'node:test';
import { storeConformance } from '../../packages/server/src/store/conformance.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { Database } from '../../packages/server/src/store/postgresql/database.ts';
import { PostgresqlStore } from '../../packages/server/src/store/postgresql/postgresql-store.ts';
import { SchemaKeeper } from '../../packages/server/src/store/postgresql/schema-keeper.ts';
import { knownStatements } from '../../packages/server/src/store/postgresql/statement.ts';
import type { Store, StoreOptions } from '../../packages/server/src/store/store.ts';
import { findUnportable } from '../../packages/server/src/store/testing/portable-sql.ts';
import { START_MS } from '../../packages/server/src/store/testing/rows.ts';
import { emptyDatabase, newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

/** What all tests of this file share: connections and the schema are made once. */
interface Shared extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly connected: Database;
  readonly keeper: SchemaKeeper;
}

let shared: Promise<Shared> | undefined;

async function share(): Promise<Shared> {
  const database = await newDatabase();
  const connected = new Database(parseConnectionUrl(database.url));
  const keeper = new SchemaKeeper(connected.connections, {
    ...{ replicaId: randomBytes(16), release: 'of tests', now: () => START_MS },
    ...{ onOutdated: () => undefined, onFailure: () => undefined },
  });
  await keeper.open();
  return {
    ...{ database, connected, keeper },
    async [Symbol.asyncDispose]() {
      await connected.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Opens a store with all rows of the test before removed. Its connections stay open when it is closed. */
async function open(options?: StoreOptions): Promise<Store> {
  shared ??= share();
  const { database, connected, keeper } = await shared;
  await emptyDatabase(database);
  return Object.assign(new PostgresqlStore(connected, keeper, options), { close: async () => undefined });
}

describe('the store in PostgreSQL', { skip: skipWithoutPostgresql }, () => {
  after(async () => (await shared)?.[Symbol.asyncDispose]());

  storeConformance({ name: 'does what every store must do', open, pendingBoundLagMs: 5_000 });

  test('runs only statements that distributed engines take', async () => {
    for (const { text } of knownStatements()) assert.deepEqual(await findUnportable(text), [], text);
  });
});
