import assert from 'node:assert/strict';
import type { DirectorySource } from '../../port/directory.ts';
import type { DirectoryStep } from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import {
  approveDevice,
  approveOnTheSpot,
  askFromDevice,
  codeBinding,
  newAnswer,
  newAuthorization,
  newSignInSession,
  redeem,
  rotate,
  START_MS,
  signInAlice,
  startSession,
  UNKNOWN_ID,
} from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import { ADMIN, aliceId, apply, assign, PRODUCTION, SANDBOX, someEntries, uuid } from './fixtures.ts';

/** Sessions are read with their user as of the read, and end with the version of the user. */
export function directorySessionsConformance(testStore: StoreTest): void {
  testStore('a session is found with its user as of the read', async (store) => {
    await apply(store, 'file', someEntries);
    const approval = await signInAlice(store);
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
    const version = (await store.findUser(aliceId))?.version;
    assert.notEqual(version, alice?.version);
    assert.deepEqual(await usersOf(), Array(3).fill({ ...alice, displayName: 'A', version }));
  });

  testStore(
    'a session of somebody who is not there has no user, nor has a request that waits',
    async (store) => {
      const id = await store.insertSignInSession(newSignInSession({ userId: uuid(1) }));
      const found = await store.findSignInSession(id);
      assert.equal(found?.userId, uuid(1));
      assert.equal(found?.user, undefined);
      assert.equal(await userOf(store, (await askFromDevice(store)).id), undefined);
    },
  );

  testStore(
    'an authorization is found with the role that is looked for, once it is approved, also when it has ended',
    async (store) => {
      await apply(store, 'file', [...someEntries, assign({ userId: aliceId }, PRODUCTION, ADMIN)]);
      const search = { accountId: PRODUCTION, roleName: 'Admin' };
      const approval = await signInAlice(store);
      const ids = [await startSession(store, approval), await approveOnTheSpot(store, approval)];
      const role = { permissionSetId: ADMIN, name: 'Admin', sessionDurationSeconds: 900 };
      const { id: pending } = await askFromDevice(store);
      const expected = async () => {
        for (const id of ids) {
          const found = await store.findAuthorization(id);
          assert.ok(found && 'user' in found && !('role' in found));
          assert.deepEqual(await store.findAuthorization(id, search), { ...found, role });
          for (const other of [
            { accountId: SANDBOX, roleName: 'Admin' },
            { accountId: PRODUCTION, roleName: 'ReadOnly' },
            { accountId: PRODUCTION, roleName: 'Admin\0' },
            { accountId: '\0', roleName: 'Admin' },
          ])
            assert.deepEqual(await store.findAuthorization(id, other), found);
        }
        assert.deepEqual(
          await store.findAuthorization(pending, search),
          await store.findAuthorization(pending),
        );
        assert.equal(await store.findAuthorization(UNKNOWN_ID, search), undefined);
      };
      await expected();
      await store.endSignInSession(approval.signInSessionId, START_MS);
      await expected();
    },
  );

  const absent: readonly (readonly [DirectorySource, DirectoryStep])[] = [
    ['file', { kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }],
    ['page', { kind: 'blockUser', userId: aliceId }],
    ['file', { kind: 'removeUser', id: aliceId }],
    ['file', { kind: 'letGo', entry: { kind: 'user', id: aliceId } }],
  ];
  for (const [source, step] of absent) {
    testStore(`a session has no user and no role after ${step.kind} of ${source}`, async (store) => {
      await apply(store, 'file', [...someEntries, assign({ userId: aliceId }, PRODUCTION, ADMIN)]);
      const approval = await signInAlice(store);
      const id = await startSession(store, approval);
      assert.notEqual(await userOf(store, id), undefined);
      await apply(store, source, [step]);
      assert.equal(await userOf(store, id), undefined);
      const search = { accountId: PRODUCTION, roleName: 'Admin' };
      assert.deepEqual(await store.findAuthorization(id, search), await store.findAuthorization(id));
      assert.equal((await store.findSignInSession(approval.signInSessionId))?.user, undefined);
    });
  }

  const ending = [
    ...absent,
    ['command', { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' }],
    ['command', { kind: 'signOutEverywhere', userId: aliceId }],
  ] as const satisfies readonly (readonly [DirectorySource, DirectoryStep])[];
  for (const [source, step] of ending) {
    testStore(`nothing is approved, redeemed or rotated after ${step.kind} of ${source}`, async (store) => {
      const { attempts } = await prepare(store);
      await apply(store, source, [step]);
      assert.deepEqual(await Promise.all(attempts.map((attempt) => attempt())), [false, false, false, false]);
    });

    testStore(
      `what is approved, redeemed or rotated as ${step.kind} of ${source} is made opens nothing then`,
      async (store) => {
        const { attempts, ids } = await prepare(store);
        // An engine may do first what was asked for last.
        const during = attempts.map((attempt) => attempt());
        await apply(store, source, [step]);
        await Promise.all(during);
        for (const id of ids) {
          const row = await store.findAuthorization(id);
          assert.ok(row);
          if ('userVersion' in row) assert.notEqual(row.user?.version, row.userVersion);
          assert.equal(await redeem(store, id), false);
          assert.equal(await rotate(store, id, row.state === 'active' ? row.generation : 0), false);
        }
      },
    );
  }
}

async function userOf(store: Store, id: number): Promise<unknown> {
  const row = await store.findAuthorization(id);
  assert.ok(row);
  return 'user' in row ? row.user : undefined;
}

/** An approval on a device and on the spot, a redemption and a rotation by alice, all ready to be tried. */
async function prepare(store: Store): Promise<{
  readonly attempts: readonly (() => Promise<boolean>)[];
  /** The authorizations that they are about; of the one on the spot once it is there. */
  readonly ids: readonly number[];
}> {
  const approval = await signInAlice(store);
  const asked = await askFromDevice(store);
  const approved = await approveOnTheSpot(store, approval);
  const active = await startSession(store, approval);
  const ids = [asked.id, approved, active];
  const attempts = [
    () => approveDevice(store, asked.id, approval),
    async () => {
      const outcome = await store.insertApprovedAuthorization(
        newAuthorization(),
        approval,
        codeBinding,
        newAnswer(),
      );
      if (outcome.kind === 'approved') ids.push(outcome.id);
      return outcome.kind === 'approved';
    },
    () => redeem(store, approved),
    () => rotate(store, active, 1),
  ];
  return { attempts, ids };
}
