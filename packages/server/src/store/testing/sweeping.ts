import assert from 'node:assert/strict';
import type { Store } from '../store.ts';
import {
  approveOnTheSpot,
  askFromDevice,
  findSession,
  MINUTE_MS,
  newAttempt,
  newAuthorization,
  newDeviceRequest,
  START_MS,
  signInAlice,
  startSession,
} from './rows.ts';
import type { StoreTest } from './store-test.ts';

const BATCH = 4;
/** Rows of one kind go at most `BATCH` at a time; there are seven kinds. */
const MOST_AT_ONCE = 7 * BATCH;

/** Walks to the end. @returns how many rows went, batch by batch */
async function sweepAll(store: Store, nowMs: number): Promise<number[]> {
  const removed: number[] = [];
  for (let batches = 0; batches < 1000; batches += 1) {
    const swept = await store.sweep(nowMs, BATCH);
    removed.push(swept.removed);
    if (swept.finished) return removed;
  }
  throw new Error('Sweeping never came to its end');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function sweepingConformance(testStore: StoreTest): void {
  testStore('sweeping an empty store finishes at once', async (store) => {
    assert.deepEqual(await store.sweep(START_MS, BATCH), { removed: 0, finished: true });
  });

  testStore('sweeping removes what has expired, in small batches, and keeps the rest', async (store) => {
    const approval = await signInAlice(store);
    const kept: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      kept.push((await askFromDevice(store, { codeExpiresAtMs: START_MS + 20 * MINUTE_MS })).id);
      kept.push(await startSession(store, approval));
      await askFromDevice(store);
      await approveOnTheSpot(store, approval, { codeExpiresAtMs: START_MS + MINUTE_MS });
    }
    const removed = await sweepAll(store, START_MS + 10 * MINUTE_MS);
    assert.equal(sum(removed), 40);
    assert.ok(Math.max(...removed) <= MOST_AT_ONCE, `batches of ${removed}`);
    for (const id of kept) assert.notEqual(await store.findAuthorization(id), undefined);
    assert.equal(sum(await sweepAll(store, START_MS + 10 * MINUTE_MS)), 0);
  });

  testStore('one walk passes each kind of row once, however their numbers differ', async (store) => {
    const approval = await signInAlice(store);
    for (let i = 0; i < 10 * BATCH; i += 1) await startSession(store, approval);
    for (let i = 0; i < 9 * BATCH; i += 1) await signInAlice(store);
    const batches = await sweepAll(store, START_MS);
    assert.ok(batches.length <= 11, `took ${batches.length} batches`);
  });

  testStore(
    'a removed device request makes room, and its user code is free again',
    async (store) => {
      const request = newDeviceRequest();
      const ask = async (createdAtMs: number) => {
        const times = { createdAtMs, codeExpiresAtMs: createdAtMs + 10 * MINUTE_MS };
        return (await store.insertDeviceRequest(newAuthorization(times), request)).kind;
      };
      assert.equal(await ask(START_MS), 'inserted');
      assert.equal(await ask(START_MS), 'userCodeTaken');
      await sweepAll(store, START_MS + 11 * MINUTE_MS);
      assert.equal(await ask(START_MS + 11 * MINUTE_MS), 'inserted');
    },
    { maxPendingDeviceRequests: 1 },
  );

  testStore('a sign-in session is kept as long as something approved in it is', async (store) => {
    const approval = await signInAlice(store, { expiresAtMs: START_MS + 15 * MINUTE_MS });
    const id = await startSession(store, approval);
    await sweepAll(store, START_MS + 30 * MINUTE_MS);
    assert.notEqual(await store.findSignInSession(approval.signInSessionId), undefined);
    assert.equal(await store.endSignInSession(approval.signInSessionId, START_MS + 30 * MINUTE_MS), true);
    assert.equal((await findSession(store, id)).endedAtMs, START_MS + 30 * MINUTE_MS);
    await store.endAuthorization(id, START_MS + 30 * MINUTE_MS);
    assert.equal(sum(await sweepAll(store, START_MS + 60 * MINUTE_MS)), 2);
    assert.equal(await store.findSignInSession(approval.signInSessionId), undefined);
  });

  testStore(
    'a session that ran out is kept for as long as role credentials of it may live',
    async (store) => {
      const approval = await signInAlice(store);
      const id = await startSession(store, approval);
      const endsAtMs = START_MS + 60 * MINUTE_MS;
      const halfADayMs = 12 * 60 * MINUTE_MS;
      await sweepAll(store, endsAtMs + halfADayMs - 1);
      assert.equal((await findSession(store, id)).endedAtMs, null);
      assert.equal(sum(await sweepAll(store, endsAtMs + halfADayMs)), 2);
      assert.equal(await store.findAuthorization(id), undefined);
    },
  );

  testStore('attempts whose window has passed are removed, others count on', async (store) => {
    const past = newAttempt(1);
    const present = newAttempt(1, { windowMs: 10 * MINUTE_MS });
    await store.takeAttempt([past, present], START_MS);
    assert.equal(sum(await sweepAll(store, START_MS + MINUTE_MS)), 1);
    assert.equal(await store.takeAttempt([present], START_MS + MINUTE_MS), START_MS + 10 * MINUTE_MS);
  });
}
