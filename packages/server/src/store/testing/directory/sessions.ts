import assert from 'node:assert/strict';
import type { DirectorySource } from '../../port/directory.ts';
import type { DirectoryStep } from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import { approveOnTheSpot, askFromDevice, signInAlice, startSession } from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import { aliceId, apply, newUser, someEntries, uuid } from './fixtures.ts';

/** Sessions are read with their user, as of the read. */
export function directorySessionsConformance(testStore: StoreTest): void {
  testStore('a session is found with its user as of the read', async (store) => {
    await apply(store, 'file', someEntries);
    const approval = await signInAlice(store, { userId: aliceId });
    const ids = [await startSession(store, approval), await approveOnTheSpot(store, approval)];
    const usersOf = async () => [
      (await store.findSignInSession(approval.signInSessionId))?.user,
      ...(await Promise.all(ids.map((id) => userOf(store, id)))),
    ];
    const alice = await store.findUser(aliceId);
    assert.deepEqual(await usersOf(), Array(3).fill(alice));
    await apply(store, 'file', [{ kind: 'changeUser', id: aliceId, values: { displayName: 'A' } }]);
    assert.deepEqual(await usersOf(), Array(3).fill({ ...alice, displayName: 'A' }));
    await apply(store, 'command', [{ kind: 'signOutEverywhere', userId: aliceId }]);
    const version = (await store.findUser(aliceId))!.version;
    assert.notEqual(version, alice?.version);
    assert.deepEqual(await usersOf(), Array(3).fill({ ...alice, displayName: 'A', version }));
  });

  const ending: readonly (readonly [DirectorySource, DirectoryStep])[] = [
    ['file', { kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }],
    ['page', { kind: 'blockUser', userId: aliceId }],
    ['file', { kind: 'removeUser', id: aliceId }],
    ['file', { kind: 'letGo', entry: { kind: 'user', id: aliceId } }],
  ];
  for (const [source, step] of ending) {
    testStore(`a session has no user after ${step.kind} of ${source}`, async (store) => {
      await apply(store, 'file', someEntries);
      const approval = await signInAlice(store, { userId: aliceId });
      const id = await startSession(store, approval);
      assert.notEqual(await userOf(store, id), undefined);
      await apply(store, source, [step]);
      assert.equal(await userOf(store, id), undefined);
      assert.equal((await store.findSignInSession(approval.signInSessionId))?.user, undefined);
    });
  }

  testStore(
    'a session of somebody who is not there has no user, nor has a request that waits',
    async (store) => {
      await apply(store, 'file', [{ kind: 'addUser', user: newUser('bob', { id: uuid(1) }) }]);
      const approval = await signInAlice(store, { userId: aliceId });
      assert.equal(await userOf(store, await startSession(store, approval)), undefined);
      assert.equal(await userOf(store, (await askFromDevice(store)).id), undefined);
    },
  );
}

async function userOf(store: Store, id: number): Promise<unknown> {
  const row = await store.findAuthorization(id);
  assert.ok(row);
  return 'user' in row ? row.user : undefined;
}
