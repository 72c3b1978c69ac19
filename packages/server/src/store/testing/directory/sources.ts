import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { DirectorySource } from '../../port/directory.ts';
import type { DirectoryStep } from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import { MINUTE_MS, START_MS } from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import {
  ADMIN,
  adminsId,
  aliceId,
  apply,
  assign,
  bobId,
  conflictOf,
  did,
  directoryChange,
  everything,
  newUser,
  PRODUCTION,
  READ_ONLY,
  SANDBOX,
  someEntries,
  versionOf,
} from './fixtures.ts';

const digest = Buffer.alloc(32, 7);

/** What a source lets go, what another takes over, and how a source's changes are counted and known again. */
export function directorySourcesConformance(testStore: StoreTest): void {
  testStore('a source that never changed anything is not there; each change counts', async (store) => {
    assert.equal(await store.findSource('file'), undefined);
    const one = await store.changeDirectory(directoryChange('file', someEntries));
    const two = await store.changeDirectory(directoryChange('file', []));
    assert.deepEqual(
      [one, two].map((outcome) => outcome.kind === 'changed' && outcome.sourceRevision),
      [1, 2],
    );
    assert.deepEqual(await store.findSource('file'), { revision: 2 });
    assert.equal(await store.findSource('command'), undefined);
  });

  testStore('a change that expects another revision of its source changes nothing', async (store) => {
    const add = (userName: string, ifSourceRevision: number) =>
      store.changeDirectory(
        directoryChange('file', [{ kind: 'addUser', user: newUser(userName) }], { ifSourceRevision }),
      );
    assert.equal((await add('alice', 0)).kind, 'changed');
    const outdated = { kind: 'refused', step: -1, conflict: { kind: 'outdated', revision: 1 } };
    assert.deepEqual(await add('bob', 0), outdated);
    assert.deepEqual(await add('bob', 2), outdated);
    assert.equal((await add('bob', 1)).kind, 'changed');
    assert.equal((await store.countEntries()).user, 2);
  });

  testStore('the digest of a source is there from when it is set until it is cleared', async (store) => {
    const change = (sourceDigest?: Uint8Array | null) =>
      store.changeDirectory(directoryChange('file', [], sourceDigest === undefined ? {} : { sourceDigest }));
    await change(digest);
    await change();
    const { digest: kept, ...state } = (await store.findSource('file')) ?? {};
    assert.deepEqual(Buffer.from(kept ?? []), digest);
    assert.deepEqual(state, { revision: 2, appliedAtMs: START_MS });
    await change(null);
    assert.deepEqual(await store.findSource('file'), { revision: 3 });
  });

  testStore('a new store adopts no versions', async (store) => {
    assert.equal(await store.adoptsVersions(), false);
  });

  testStore('a change asked for twice under one id happens once, with the same answer', async (store) => {
    const id = randomUUID();
    const change = directoryChange('command', [{ kind: 'addUser', user: newUser('alice') }], { id });
    const [first, second] = await Promise.all([store.changeDirectory(change), store.changeDirectory(change)]);
    assert.deepEqual(first, second);
    assert.ok(first.kind === 'changed' && first.results[0]?.did === 'added');
    assert.deepEqual(await store.changeDirectory({ ...change, nowMs: START_MS + MINUTE_MS }), first);
    assert.equal((await store.findSource('command'))?.revision, 1);
    assert.equal((await store.changeDirectory({ ...change, id: randomUUID() })).kind, 'refused');
  });

  testStore('a change that was refused is refused again under the same id', async (store) => {
    const change = directoryChange('command', [{ kind: 'removeUser', id: aliceId }], { id: randomUUID() });
    const refused = await store.changeDirectory(change);
    await apply(store, 'command', someEntries);
    assert.deepEqual(await store.changeDirectory(change), refused);
    assert.equal((await store.countEntries()).user, 2);
  });

  testStore('a user whom the source lets go is disabled, without what the source gave', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [
      { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' },
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
    ]);
    await apply(store, 'command', [assign({ userId: aliceId }, SANDBOX, READ_ONLY)]);
    const before = await store.findEntry('user', { id: aliceId });
    const [result] = await apply(store, 'file', [{ kind: 'letGo', entry: { kind: 'user', id: aliceId } }], {
      nowMs: START_MS + MINUTE_MS,
    });
    assert.deepEqual(result, { did: 'disabled' });
    const { version, passwordSetBy: _, ...after } = (await store.findEntry('user', { id: aliceId }))!;
    const { passwordSetBy: __, ...kept } = before!;
    assert.notEqual(version, before?.version);
    assert.deepEqual(after, {
      ...Object.fromEntries(Object.entries(kept).filter(([name]) => name !== 'version')),
      ...{ status: 'disabled', leftAtMs: START_MS + MINUTE_MS, hasPassword: false },
      ...{ revision: 2, updatedAtMs: START_MS + MINUTE_MS },
    });
    assert.equal(await store.findUser(aliceId), undefined);
    const { membership, userAssignment } = await store.countEntries();
    assert.deepEqual({ membership, userAssignment }, { membership: 0, userAssignment: 1 });
    const again: DirectoryStep = { kind: 'letGo', entry: { kind: 'user', id: aliceId } };
    assert.equal(await did(store, 'file', again), 'unchanged');
    assert.equal(await versionOf(store, aliceId), version);
  });

  testStore(
    'what else a source lets go is removed, or handed over where others refer to it',
    async (store) => {
      await apply(store, 'file', [
        ...someEntries,
        { kind: 'addGroup', group: { id: bobId, name: 'empty', externalIds: [] } },
        { kind: 'addMembership', userId: bobId, groupId: bobId },
        assign({ groupId: bobId }, SANDBOX, 'ps-0000000000000002'),
      ]);
      await apply(store, 'page', [
        { kind: 'addMembership', userId: aliceId, groupId: adminsId },
        assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
      ]);
      const letGo = (kind: 'group' | 'account' | 'permissionSet', id: string): DirectoryStep => ({
        kind: 'letGo',
        entry: { kind, id },
      });
      const results = await apply(store, 'file', [
        letGo('group', bobId),
        letGo('group', adminsId),
        letGo('account', SANDBOX),
        letGo('account', PRODUCTION),
        letGo('permissionSet', 'ps-0000000000000002'),
        letGo('permissionSet', READ_ONLY),
      ]);
      assert.deepEqual(
        results.map((result) => result.did),
        ['removed', 'handedOver', 'removed', 'handedOver', 'removed', 'handedOver'],
      );
      const { group, account, permissionSet } = await everything(store);
      for (const entries of [group, account, permissionSet]) {
        assert.deepEqual(
          entries.map(({ source, revision, handedOverBy }) => ({ source, revision, handedOverBy })),
          [{ source: 'command', revision: 2, handedOverBy: 'file' }],
        );
      }
      assert.equal(await did(store, 'command', letGo('group', adminsId)), 'unchanged');
      assert.equal(await store.findSource('command').then((state) => state?.revision), 1);
      await apply(store, 'page', [{ kind: 'removeMembership', userId: aliceId, groupId: adminsId }]);
      assert.equal(await did(store, 'command', letGo('group', adminsId)), 'removed');
    },
  );

  testStore('what a source has handed over, it alone takes on again, with the same id', async (store) => {
    await handOver(store);
    const again: readonly DirectoryStep[] = [
      { kind: 'addGroup', group: { name: 'Admins', description: 'again', externalIds: [] } },
      { kind: 'addAccount', account: { id: PRODUCTION, name: 'Again' } },
      { kind: 'addPermissionSet', permissionSet: { name: 'ReadOnly', sessionDurationSeconds: 900 } },
    ];
    for (const source of ['command', 'page', 'provisioning:okta'] as const) {
      for (const step of again) {
        assert.equal((await conflictOf(store, source, step))?.kind, 'taken', source);
      }
    }
    assert.deepEqual(await apply(store, 'file', again), [
      { id: adminsId, did: 'changed' },
      { id: PRODUCTION, did: 'changed' },
      { id: READ_ONLY, did: 'changed' },
    ]);
    const taken = { source: 'file', revision: 3 } as const;
    assert.deepEqual(await store.findEntry('group', { id: adminsId }), {
      ...{ id: adminsId, name: 'Admins', description: 'again', externalIds: [], ...taken },
    });
    assert.deepEqual(await store.findEntry('account', { id: PRODUCTION }), {
      ...{ id: PRODUCTION, name: 'Again', ...taken },
    });
    assert.deepEqual(await store.findEntry('permissionSet', { id: READ_ONLY }), {
      ...{ id: READ_ONLY, name: 'ReadOnly', sessionDurationSeconds: 900, ...taken },
    });
    assert.equal((await store.countEntries()).membership, 1, 'what others made stays');
  });

  testStore('what a command has changed since it was handed over is not taken on again', async (store) => {
    await handOver(store);
    await apply(store, 'command', [
      { kind: 'changeGroup', id: adminsId, values: { description: 'ours' } },
      { kind: 'changeAccount', id: PRODUCTION, values: { name: 'Ours' } },
      { kind: 'changePermissionSet', id: READ_ONLY, values: { sessionDurationSeconds: 1800 } },
    ]);
    const { group, account, permissionSet } = await everything(store);
    for (const [entry] of [group, account, permissionSet]) assert.equal(entry?.handedOverBy, undefined);
    const again: readonly DirectoryStep[] = [
      { kind: 'addGroup', group: { name: 'admins', externalIds: [] } },
      { kind: 'addAccount', account: { id: PRODUCTION, name: 'Again' } },
      { kind: 'addPermissionSet', permissionSet: { name: 'ReadOnly', sessionDurationSeconds: 900 } },
    ];
    for (const step of again) assert.equal((await conflictOf(store, 'file', step))?.kind, 'taken');
  });

  const others: readonly DirectorySource[] = [
    'command',
    'page',
    'provisioning:okta',
    'provider:corp',
    'file',
  ];
  for (const source of others) {
    testStore(`a user who left the file is taken over by ${source}, with the same id`, async (store) => {
      await apply(store, 'file', someEntries);
      await apply(store, 'file', [
        { kind: 'letGo', entry: { kind: 'user', id: aliceId } },
        { kind: 'blockUser', userId: bobId },
        { kind: 'letGo', entry: { kind: 'user', id: bobId } },
      ]);
      const left = await versionOf(store, aliceId);
      const results = await apply(store, source, [
        { kind: 'addUser', user: newUser('Alice', { displayName: 'A.', passwordHash: '$argon2id$2' }) },
        { kind: 'addUser', user: newUser('bob') },
      ]);
      assert.deepEqual(results, [
        { id: aliceId, did: 'changed' },
        { id: bobId, did: 'changed' },
      ]);
      const { version, ...user } = (await store.findEntry('user', { id: aliceId }))!;
      assert.notEqual(version, left);
      assert.deepEqual(user, {
        ...newUser('Alice', { id: aliceId, displayName: 'A.' }),
        ...{ hasPassword: true, passwordSetBy: source, revision: 3, source },
        ...{ createdAtMs: START_MS, updatedAtMs: START_MS },
      });
      assert.equal((await store.findUserByName('alice'))?.passwordHash, '$argon2id$2');
      assert.equal(await store.findUser(bobId), undefined, 'a block stays');
    });
  }

  testStore('a user who has not left is not taken over, though disabled', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [{ kind: 'changeUser', id: aliceId, values: { status: 'disabled' } }]);
    const outcome = await store.changeDirectory(
      directoryChange('command', [{ kind: 'addUser', user: newUser('alice') }]),
    );
    assert.ok(outcome.kind === 'refused' && outcome.conflict.kind === 'taken');
  });
}

/** The group admins, an account and a permission set, which the file had and a page refers to, are handed over. */
async function handOver(store: Store): Promise<void> {
  await apply(store, 'file', someEntries);
  await apply(store, 'page', [
    { kind: 'addMembership', userId: aliceId, groupId: adminsId },
    assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
  ]);
  const results = await apply(store, 'file', [
    { kind: 'letGo', entry: { kind: 'group', id: adminsId } },
    { kind: 'letGo', entry: { kind: 'account', id: PRODUCTION } },
    { kind: 'letGo', entry: { kind: 'account', id: SANDBOX } },
    { kind: 'letGo', entry: { kind: 'permissionSet', id: READ_ONLY } },
    { kind: 'letGo', entry: { kind: 'permissionSet', id: ADMIN } },
  ]);
  assert.equal(results.filter((result) => result.did === 'handedOver').length, 3);
}
