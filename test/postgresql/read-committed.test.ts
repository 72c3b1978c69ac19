import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import type { Approval, Store } from '../../packages/server/src/store/store.ts';
import {
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  newAnswer,
  newAttempt,
  newAuthorization,
  newSignInSession,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
} from '../../packages/server/src/store/testing/rows.ts';
import { newDatabase, type TestDatabase } from './harness/database.ts';
import { whileHeld } from './harness/hold-rows.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';

// A statement sees the database as it was when it began, but the rows that it changes as they are by then.
describe('a write that waits for a row that others change meanwhile', { skip: skipWithoutPostgresql }, () => {
  let database: TestDatabase;
  /** Of two processes. */
  let store: Store;
  let other: Store;

  before(async () => {
    database = await newDatabase();
    const open = () =>
      openPostgresqlStore(parseConnectionUrl(database.url), {
        ...{ release: 'of tests', now: () => START_MS, onOutdated: assert.fail },
        onFailure: (error) => assert.fail(String(error)),
      });
    store = await open();
    other = await open();
  });
  after(async () => {
    await Promise.all([store?.close(), other?.close()]);
    await database?.[Symbol.asyncDispose]();
  });

  /** Alice signs in again in the same browser, at another process. */
  async function signInAgain({ signInSessionId, ...who }: Approval): Promise<Approval> {
    const session = newSignInSession({ userVersion: who.userVersion });
    return { ...who, signInSessionId: await other.insertSignInSession(session, [signInSessionId]) };
  }

  const hold = (table: string, condition: string) => `SELECT 1 FROM ${table} WHERE ${condition} FOR UPDATE`;
  const holdAuthorization = (id: number) => hold('"authorization"', `id = ${id}`);

  for (const { taken, took } of [
    { taken: 2, took: 0 },
    { taken: 1, took: 1 },
    { taken: 3, took: 0 },
  ]) {
    test(`gives an attempt back twice where ${taken} were taken, and ${took} are taken meanwhile`, async () => {
      const attempt = newAttempt(10);
      const subject = `subject = '\\x${Buffer.from(attempt.subject).toString('hex')}'`;
      for (let count = 0; count < taken; count += 1) await store.takeAttempt([attempt], START_MS);
      const giveBack = (to: Store) => () => to.returnAttempt([{ subject: attempt.subject, reset: false }]);
      const took1 = `UPDATE attempt_window SET attempts = attempts + ${took} WHERE ${subject}`;
      await whileHeld(database, hold('attempt_window', subject), [giveBack(store), giveBack(other)], took1);
      const [row] = await database.sql(`SELECT attempts::int FROM attempt_window WHERE ${subject}`);
      assert.equal(row?.['attempts'] ?? 0, taken + took - 2);
    });
  }

  test('redeems a code whose sign-in session is replaced', async () => {
    const before = await signInAlice(store);
    const id = await approveOnTheSpot(store, before);
    const [again, isRedeemed] = await whileHeld(database, holdAuthorization(id), [
      () => signInAgain(before),
      () => redeem(store, id),
    ]);
    assert.equal(isRedeemed, true);
    const found = await store.findAuthorization(id);
    assert.ok(found?.state === 'active');
    assert.deepEqual([found.endedAtMs, found.signInSessionId], [null, again.signInSessionId]);
  });

  test('rotates tokens whose sign-in session is replaced', async () => {
    const before = await signInAlice(store);
    const id = await startSession(store, before);
    const [, isRotated] = await whileHeld(database, holdAuthorization(id), [
      () => signInAgain(before),
      () => rotate(store, id, 1),
    ]);
    assert.equal(isRotated, true);
    assert.equal(await rotate(other, id, 1), false, 'once');
  });

  test('approves a device in a sign-in session that is replaced: the new one has it', async () => {
    const before = await signInAlice(store);
    const { id } = await askFromDevice(store);
    const [outcome, again] = await whileHeld(database, holdAuthorization(id), [
      () => store.approveDeviceRequest(id, before, newAnswer(), START_MS),
      () => signInAgain(before),
    ]);
    assert.equal(outcome, 'approved');
    const found = await store.findAuthorization(id);
    assert.ok(found?.state === 'approved');
    assert.deepEqual([found.endedAtMs, found.signInSessionId], [null, again.signInSessionId]);
  });

  test('allows a program in a sign-in session that is replaced: the new one has it', async () => {
    const before = await signInAlice(store);
    // An answer that has expired is in the way, so that the new one waits for its row.
    const answer = newAnswer();
    await store.insertDenial({ ...answer, expiresAtMs: START_MS - 1 }, START_MS - 2);
    const digest = Buffer.from(answer.questionDigests[0]!).toString('hex');
    const [outcome, again] = await whileHeld(database, hold('answer', `question_digest = '\\x${digest}'`), [
      () => store.insertApprovedAuthorization(newAuthorization(), before, codeBinding, answer),
      () => signInAgain(before),
    ]);
    assert.ok(outcome.kind === 'approved');
    const found = await store.findAuthorization(outcome.id);
    assert.ok(found?.state === 'approved');
    assert.deepEqual([found.endedAtMs, found.signInSessionId], [null, again.signInSessionId]);
  });
});
