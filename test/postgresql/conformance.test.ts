import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { storeConformance } from '../../packages/server/src/store/conformance.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { knownStatements } from '../../packages/server/src/store/postgresql/statement.ts';
import type { Store, StoreOptions } from '../../packages/server/src/store/store.ts';
import { findUnportable } from '../../packages/server/src/store/testing/portable-sql.ts';
import { START_MS } from '../../packages/server/src/store/testing/rows.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

let database: Promise<TestDatabase> | undefined;
/** All tables with rows of tests, those before others that refer to them. */
const TABLES = [
  ...['answer', '"authorization"', 'sign_in_session', 'attempt_window', 'directory_change'],
  ...['membership', 'user_assignment', 'group_assignment', 'account', 'permission_set'],
  ...['directory_user', 'directory_group', 'directory_tombstone', 'user_password', 'directory_source'],
];

/** Opens a store in the one database of this file, with all rows of the test before removed. */
async function open(options?: StoreOptions): Promise<Store> {
  const isFirst = database === undefined;
  database ??= newDatabase();
  const { url, sql } = await database;
  if (!isFirst) await sql(TABLES.map((table) => `DELETE FROM ${table}`).join('; '));
  return openPostgresqlStore(parseConnectionUrl(url), {
    ...options,
    release: 'of tests',
    now: () => START_MS,
    onOutdated: () => undefined,
    onFailure: () => undefined,
  });
}

describe('the store in PostgreSQL', { skip: skipWithoutPostgresql }, () => {
  after(async () => (await database)?.[Symbol.asyncDispose]());

  storeConformance({ name: 'does what every store must do', open, pendingBoundLagMs: 5_000 });

  test('runs only statements that distributed engines take', async () => {
    for (const { text } of knownStatements()) assert.deepEqual(await findUnportable(text), [], text);
  });
});
