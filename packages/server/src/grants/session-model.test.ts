import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { replayHistories } from './testing/session-model.ts';

/** In `npm test`; many more with the variable set, e.g. to 10000000. */
const STEPS = Number(process.env['SESSION_MODEL_STEPS'] ?? 100_000);

test(`random histories of a person's sessions come out over SQLite as a model of a session's life expects`, async () => {
  await replayHistories([await createTestContext()], STEPS);
});
