import assert from 'node:assert/strict';
import {
  approveOnTheSpot,
  findSession,
  MINUTE_MS,
  newSignInSession,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
  UNKNOWN_ID,
  winners,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

export function signInSessionsConformance(testStore: StoreTest): void {
  testStore('a sign-in session is found as it was inserted', async (store) => {
    const session = newSignInSession();
    const id = await store.insertSignInSession(session);
    const { address: _, userAgent: __, ...row } = session;
    const found = { id, ...row, endedAtMs: null, usedAtMs: session.createdAtMs };
    assert.deepEqual(plain(await store.findSignInSession(id)), plain(found));
  });

  testStore('an id that no sign-in session has finds nothing', async (store) => {
    assert.equal(await store.findSignInSession(UNKNOWN_ID), undefined);
  });

  testStore('sign-in sessions that are inserted at once have an id each', async (store) => {
    const sessions = Array.from({ length: 100 }, () => newSignInSession());
    const ids = await Promise.all(sessions.map((session) => store.insertSignInSession(session)));
    assert.equal(new Set(ids).size, sessions.length);
    for (const [index, { salt }] of sessions.entries()) {
      const found = await store.findSignInSession(ids[index] ?? UNKNOWN_ID);
      assert.deepEqual(bytesAsHex(found?.salt), bytesAsHex(salt));
    }
  });

  testStore('of many sign-outs at once, one ends the session, and its time stays', async (store) => {
    const { signInSessionId } = await signInAlice(store);
    const ends = Array.from({ length: 5 }, (_, second) =>
      store.endSignInSession(signInSessionId, START_MS + second * 1000),
    );
    assert.equal(await winners(ends), 1);
    assert.equal(await store.endSignInSession(signInSessionId, START_MS + MINUTE_MS), false);
    assert.equal((await store.findSignInSession(signInSessionId))?.endedAtMs, START_MS);
  });

  testStore('a sign-out ends the session also when the clock was set back since it began', async (store) => {
    const approval = await signInAlice(store);
    const id = await startSession(store, approval);
    assert.equal(await store.endSignInSession(approval.signInSessionId, START_MS - 5 * MINUTE_MS), true);
    assert.equal((await findSession(store, id)).endedAtMs, START_MS);
  });

  testStore('ending a sign-in session ends everything approved in it, and nothing else', async (store) => {
    const laptop = await signInAlice(store);
    const phone = await signInAlice(store);
    const [first, second, other] = await Promise.all([
      startSession(store, laptop),
      startSession(store, laptop),
      startSession(store, phone),
    ]);
    await store.endSignInSession(laptop.signInSessionId, START_MS + MINUTE_MS);
    assert.equal((await findSession(store, first)).endedAtMs, START_MS + MINUTE_MS);
    assert.equal((await findSession(store, second)).endedAtMs, START_MS + MINUTE_MS);
    assert.equal((await findSession(store, other)).endedAtMs, null);
  });

  testStore(
    'a sign-in session that takes the place of others ends them, and ending it ends what was approved in them',
    async (store) => {
      const approvals = [await signInAlice(store), await signInAlice(store)];
      const other = await signInAlice(store);
      const begun = await Promise.all([...approvals, other].map((approval) => startSession(store, approval)));
      const waiting = await approveOnTheSpot(store, other);
      const session = newSignInSession({ createdAtMs: START_MS + MINUTE_MS });
      const replacedIds = approvals.map(({ signInSessionId }) => signInSessionId);
      const sessionId = await store.insertSignInSession(session, replacedIds);
      for (const id of replacedIds) {
        assert.equal((await store.findSignInSession(id))?.endedAtMs, START_MS + MINUTE_MS);
      }
      const ends = async () => Promise.all(begun.map(async (id) => (await findSession(store, id)).endedAtMs));
      assert.deepEqual(await ends(), [null, null, null], 'what was approved goes on');
      assert.equal(await rotate(store, begun[0] ?? 0, 1), true);
      assert.equal((await findSession(store, begun[0] ?? 0)).signInSessionId, sessionId);
      await store.endSignInSession(sessionId, START_MS + 2 * MINUTE_MS);
      assert.deepEqual(await ends(), [START_MS + 2 * MINUTE_MS, START_MS + 2 * MINUTE_MS, null]);
      assert.equal(await redeem(store, waiting), true, 'another session of the user is left alone');
    },
  );

  testStore(
    'what was approved in a sign-in session that has ended stays ended when another takes its place',
    async (store) => {
      const approval = await signInAlice(store);
      const id = await startSession(store, approval);
      await store.endSignInSession(approval.signInSessionId, START_MS + MINUTE_MS);
      const session = newSignInSession({ createdAtMs: START_MS + 2 * MINUTE_MS });
      await store.insertSignInSession(session, [approval.signInSessionId]);
      assert.equal((await findSession(store, id)).endedAtMs, START_MS + MINUTE_MS);
      assert.equal(
        (await store.findSignInSession(approval.signInSessionId))?.endedAtMs,
        START_MS + MINUTE_MS,
      );
    },
  );
}

/** Rows and byte arrays as they compare, whatever classes an implementation makes them of. */
function plain(row: object | undefined): object | undefined {
  return row && Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bytesAsHex(value)]));
}

function bytesAsHex(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
