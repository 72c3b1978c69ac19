import { test } from 'node:test';
import { createTestContext, type TestContext } from '../../packages/server/src/fixtures/test-context.ts';
import { replayHistories } from '../../packages/server/src/grants/testing/session-model.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import { newDatabase } from './harness/database.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

/** In `npm run test:postgresql`; many more with the variable set, e.g. to 1000000. */
const STEPS = Number(process.env['SESSION_MODEL_STEPS'] ?? 1_000);

test("random histories of a person's sessions come out on three replicas on one PostgreSQL as a model of a session's life expects", {
  skip: skipWithoutPostgresql,
}, async () => {
  await using database = await newDatabase();
  const fail = (error: unknown) => {
    throw error;
  };
  const open = () =>
    openPostgresqlStore(parseConnectionUrl(database.url), {
      ...{ release: 'of tests', now: Date.now, onOutdated: fail, onFailure: fail },
    });
  const stores = [await open(), await open(), await open()];
  // One after the other: each applies the same directory.
  const replicas: TestContext[] = [];
  for (const store of stores) replicas.push(await createTestContext({ store }));
  try {
    await replayHistories(replicas, STEPS);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
  }
});
