import assert from 'node:assert/strict';
import type { Store } from '../store.ts';
import { newAnswer, newAuthorization, newDeviceRequest, START_MS, signInAlice } from './rows.ts';
import type { StoreEngine, StoreTest } from './store-test.ts';

/** Asks from an address. @returns the row id; `undefined` where there was no place */
async function ask(store: Store, address = '192.0.2.1', createdAtMs = START_MS): Promise<number | undefined> {
  const request = newDeviceRequest({ address });
  const outcome = await store.insertDeviceRequest(newAuthorization({ createdAtMs }), request);
  assert.notEqual(outcome.kind, 'userCodeTaken');
  return outcome.kind === 'inserted' ? outcome.id : undefined;
}

async function askTimes(store: Store, times: number, address: string): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let i = 0; i < times; i += 1) ids.push((await ask(store, address)) ?? assert.fail('no place'));
  return ids;
}

async function stillWait(store: Store, ids: readonly (number | undefined)[]): Promise<readonly boolean[]> {
  return Promise.all(
    ids.map(async (id) => id !== undefined && (await store.findAuthorization(id))?.state === 'pending'),
  );
}

/** What a store does about more device requests than may wait. */
export function pendingBoundConformance(testStore: StoreTest, { pendingBoundLagMs }: StoreEngine): void {
  const skip = pendingBoundLagMs > 0 && 'the store keeps the bound some seconds later';

  testStore(
    'the newest requests of the address that has the most leave, once their number was noticed, and no others do',
    async (store) => {
      const [first, second] = await askTimes(store, 2, '203.0.113.1');
      const other = await ask(store, '192.0.2.1');
      const crowd = await Promise.all(
        Array.from({ length: 8 }, () => ask(store, '203.0.113.1', START_MS + 1)),
      );
      const later = START_MS + pendingBoundLagMs;
      const newcomer = await ask(store, '192.0.2.2', later);
      assert.deepEqual(await stillWait(store, [first, second, other, newcomer]), [true, true, true, true]);
      const left = (await stillWait(store, crowd)).filter((waits) => waits).length;
      assert.ok(left <= 1, `${left + 4} wait, of 5 that may`);
    },
    { maxPendingDeviceRequests: 5 },
  );

  testStore(
    'no more requests wait at once than are allowed, also when they come together',
    async (store) => {
      const asked = await Promise.all(Array.from({ length: 5 }, () => ask(store)));
      assert.deepEqual(await stillWait(store, asked), [true, true, true, false, false]);
    },
    { maxPendingDeviceRequests: 3, skip },
  );

  testStore(
    'where too many requests wait, an address that has none takes the newest place of the one with the most',
    async (store) => {
      const [oldest, , newest] = await askTimes(store, 3, '2001:db8:1:1::1');
      await ask(store, '2001:db8:1:2::1');
      assert.ok(await ask(store, '192.0.2.1'));
      assert.deepEqual(await stillWait(store, [newest, oldest]), [false, true]);
      assert.ok(await ask(store, '192.0.2.2'));
      assert.deepEqual(await stillWait(store, [oldest]), [true]);
      assert.equal(await ask(store, '2001:db8:1:3::1'), undefined, 'its /48 would have the most');
      assert.ok(await ask(store, '192.0.2.3'));
      assert.equal(await ask(store, '192.0.2.4'), undefined, 'each has one');
    },
    { maxPendingDeviceRequests: 4, skip },
  );

  testStore(
    'an answered request makes room for another',
    async (store) => {
      const approval = await signInAlice(store);
      const first = await ask(store);
      assert.ok(first);
      assert.equal(await ask(store), undefined);
      await store.approveDeviceRequest(first, approval, newAnswer(), START_MS);
      const second = await ask(store);
      assert.ok(second);
      await store.denyDeviceRequest(second, newAnswer(), START_MS);
      assert.ok(await ask(store));
    },
    { maxPendingDeviceRequests: 1, skip },
  );
}
