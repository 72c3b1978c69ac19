import assert from 'node:assert/strict';
import type { DirectoryStep } from '../../port/directory-change.ts';
import { MINUTE_MS, START_MS } from '../rows.ts';
import type { StoreTest } from '../store-test.ts';
import {
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
  uuid,
} from './fixtures.ts';

/** Entries of every kind are added, changed and removed. */
export function directoryEntriesConformance(testStore: StoreTest): void {
  testStore('a user is found as it was added, by id and by folded name', async (store) => {
    const user = newUser('Zoë', {
      id: aliceId,
      displayName: 'Zoë 𝔸',
      emails: [
        { address: 'zoe@example.com', kind: 'work', primary: true },
        { address: 'Home@example.com', primary: false },
      ],
      externalIds: [
        { issuer: 'https://a.example', id: '1' },
        { issuer: 'https://b.example', id: '1' },
      ],
    });
    assert.deepEqual(await apply(store, 'command', [{ kind: 'addUser', user }]), [
      { id: aliceId, did: 'added' },
    ]);
    const entry = await store.findEntry('user', { id: aliceId });
    assert.match(entry?.version ?? '', /^[\w-]{11}$/);
    assert.deepEqual(
      { ...entry, version: '' },
      {
        ...user,
        hasPassword: false,
        version: '',
        revision: 1,
        source: 'command',
        createdAtMs: START_MS,
        updatedAtMs: START_MS,
      },
    );
    assert.deepEqual(await store.findEntry('user', { nameKey: 'zoë' }), entry);
    assert.deepEqual(await store.listEntries('user', { limit: 10 }), [entry]);
  });

  testStore('the names of the groups of many users are listed at once', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'command', [
      { kind: 'addGroup', group: { id: uuid(77), name: 'Zebras', externalIds: [] } },
      { kind: 'addMembership', userId: aliceId, groupId: uuid(77) },
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
    ]);
    const names = await store.listGroupNames([aliceId, bobId, uuid(5)]);
    assert.deepEqual(
      [...names],
      [
        [aliceId, ['admins', 'Zebras']],
        [bobId, []],
        [uuid(5), []],
      ],
    );
  });

  testStore('who has an external id, and whether an id was of a removed user, is found', async (store) => {
    const externalId = { issuer: 'https://a.example', id: '1' };
    const user = newUser('alice', { id: aliceId, externalIds: [externalId] });
    await apply(store, 'command', [{ kind: 'addUser', user }]);
    assert.equal((await store.findExternalId('user', externalId))?.id, aliceId);
    assert.equal(await store.findExternalId('user', { ...externalId, id: '2' }), undefined);
    assert.equal(await store.findExternalId('group', externalId), undefined);
    assert.equal(await store.isSpentId(aliceId), false);
    await apply(store, 'command', [{ kind: 'removeUser', id: aliceId }]);
    assert.equal(await store.isSpentId(aliceId), true);
  });

  testStore('groups, accounts and permission sets are found as they were added', async (store) => {
    const group = { name: 'Admins', description: 'all of them', externalIds: [{ issuer: 'i', id: 'x' }] };
    const account = { id: PRODUCTION, name: 'Production', email: 'prod@example.com' };
    const permissionSet = { name: 'ReadOnly', description: 'looks', sessionDurationSeconds: 900 };
    const results = await apply(store, 'page', [
      { kind: 'addGroup', group },
      { kind: 'addAccount', account },
      { kind: 'addPermissionSet', permissionSet },
    ]);
    const [groupId = '', accountId, permissionSetId = ''] = results.map(({ id }) => id);
    assert.match(groupId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(permissionSetId, /^ps-[0-9a-f]{16}$/);
    assert.equal(accountId, PRODUCTION);
    const kept = { revision: 1, source: 'page' };
    assert.deepEqual(await store.findEntry('group', { nameKey: 'admins' }), {
      id: groupId,
      ...group,
      ...kept,
    });
    assert.deepEqual(await store.findEntry('account', { id: PRODUCTION }), { ...account, ...kept });
    assert.deepEqual(await store.findEntry('account', { nameKey: 'production' }), { ...account, ...kept });
    assert.deepEqual(await store.findEntry('permissionSet', { nameKey: 'readonly' }), {
      id: permissionSetId,
      ...permissionSet,
      ...kept,
    });
  });

  testStore('an account whose name others have is found by its id alone', async (store) => {
    await apply(store, 'file', [
      { kind: 'addAccount', account: { id: PRODUCTION, name: 'Main' } },
      { kind: 'addAccount', account: { id: SANDBOX, name: 'main' } },
    ]);
    assert.equal(await store.findEntry('account', { nameKey: 'main' }), undefined);
    assert.equal((await store.findEntry('account', { id: SANDBOX }))?.name, 'main');
  });

  testStore('memberships and assignments are listed as they were added', async (store) => {
    await apply(store, 'file', someEntries);
    const [membership] = await apply(store, 'command', [
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
      assign({ groupId: adminsId }, SANDBOX, READ_ONLY),
    ]);
    const { membership: memberships, userAssignment, groupAssignment } = await everything(store);
    const source = 'command';
    assert.deepEqual(memberships, [{ id: membership?.id, userId: aliceId, groupId: adminsId, source }]);
    const permissionSetId = READ_ONLY;
    assert.deepEqual(userAssignment, [
      { principal: { userId: aliceId }, accountId: PRODUCTION, permissionSetId, source },
    ]);
    assert.deepEqual(groupAssignment, [
      { principal: { groupId: adminsId }, accountId: SANDBOX, permissionSetId, source },
    ]);
    assert.deepEqual(await store.countEntries(), {
      ...{ user: 2, group: 1, membership: 1, account: 2, permissionSet: 2 },
      ...{ userAssignment: 1, groupAssignment: 1 },
    });
  });

  testStore('a changed entry has the new values, and the next revision', async (store) => {
    await apply(store, 'file', someEntries);
    const changes: readonly DirectoryStep[] = [
      {
        kind: 'changeUser',
        id: aliceId,
        values: { displayName: 'Alice', emails: [{ address: 'a@b.c', primary: true }] },
      },
      {
        kind: 'changeGroup',
        id: adminsId,
        values: { description: 'of everything', externalIds: [{ issuer: 'i', id: '1' }] },
      },
      { kind: 'changeAccount', id: PRODUCTION, values: { name: 'Live', email: 'live@example.com' } },
      {
        kind: 'changePermissionSet',
        id: READ_ONLY,
        values: { description: 'looks', sessionDurationSeconds: 1800 },
      },
    ];
    const results = await apply(store, 'file', changes, { nowMs: START_MS + MINUTE_MS });
    assert.deepEqual(results, Array(4).fill({ did: 'changed' }));
    const user = await store.findEntry('user', { id: aliceId });
    assert.equal(user?.userName, 'alice');
    assert.equal(user?.displayName, 'Alice');
    assert.deepEqual(user?.emails, [{ address: 'a@b.c', primary: true }]);
    assert.equal(user?.updatedAtMs, START_MS + MINUTE_MS);
    assert.equal(user?.createdAtMs, START_MS);
    assert.equal(user?.revision, 2);
    const group = await store.findEntry('group', { id: adminsId });
    assert.equal(group?.description, 'of everything');
    assert.deepEqual(group?.externalIds, [{ issuer: 'i', id: '1' }]);
    assert.equal(group?.revision, 2);
    const account = await store.findEntry('account', { nameKey: 'live' });
    assert.deepEqual(account, {
      id: PRODUCTION,
      name: 'Live',
      email: 'live@example.com',
      revision: 2,
      source: 'file',
    });
    const permissionSet = await store.findEntry('permissionSet', { id: READ_ONLY });
    assert.equal(permissionSet?.sessionDurationSeconds, 1800);
    assert.equal(permissionSet?.revision, 2);
  });

  testStore('null takes a value away, and what is not named stays', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [
      { kind: 'changeGroup', id: adminsId, values: { description: 'of everything' } },
      { kind: 'changeGroup', id: adminsId, values: { name: 'Admins' } },
      { kind: 'changeAccount', id: PRODUCTION, values: { email: 'a@b.c' } },
      { kind: 'changeAccount', id: PRODUCTION, values: { email: null } },
    ]);
    assert.equal((await store.findEntry('group', { id: adminsId }))?.description, 'of everything');
    assert.equal('email' in ((await store.findEntry('account', { id: PRODUCTION })) ?? {}), false);
  });

  testStore('a change to the values that an entry has already changes nothing of it', async (store) => {
    const emails = [
      { address: 'b@example.com', primary: false },
      { address: 'a@example.com', primary: true },
    ];
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [{ kind: 'changeUser', id: aliceId, values: { emails } }]);
    const before = await everything(store);
    const same: readonly DirectoryStep[] = [
      { kind: 'changeUser', id: aliceId, values: { emails: emails.toReversed(), status: 'enabled' } },
      { kind: 'changeGroup', id: adminsId, values: { description: null } },
      { kind: 'changeAccount', id: PRODUCTION, values: {} },
      { kind: 'changePermissionSet', id: READ_ONLY, values: { name: 'ReadOnly' } },
    ];
    assert.deepEqual(
      await apply(store, 'file', same, { nowMs: START_MS + 1 }),
      Array(4).fill({ did: 'unchanged' }),
    );
    assert.deepEqual(await everything(store), before);
  });

  testStore('what the same source adds again to a group or an account is there already', async (store) => {
    const again: readonly DirectoryStep[] = [
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
    ];
    await apply(store, 'file', [...someEntries, ...again]);
    assert.deepEqual(await apply(store, 'file', again), Array(2).fill({ did: 'unchanged' }));
  });

  testStore('what is removed is gone, with what it owns', async (store) => {
    const externalIds = [{ issuer: 'i', id: '1' }];
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [
      {
        kind: 'changeUser',
        id: aliceId,
        values: { externalIds, emails: [{ address: 'a@b.c', primary: true }] },
      },
      { kind: 'changeGroup', id: adminsId, values: { externalIds } },
      { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' },
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      { kind: 'addMembership', userId: bobId, groupId: adminsId },
      assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
      assign({ groupId: adminsId }, PRODUCTION, READ_ONLY),
      assign({ groupId: adminsId }, SANDBOX, READ_ONLY),
      { kind: 'removeMembership', userId: bobId, groupId: adminsId },
      {
        kind: 'removeAssignment',
        principal: { groupId: adminsId },
        accountId: SANDBOX,
        permissionSetId: READ_ONLY,
      },
      { kind: 'removeUser', id: aliceId },
      { kind: 'removeGroup', id: adminsId },
      { kind: 'removeAccount', id: PRODUCTION },
      { kind: 'removePermissionSet', id: READ_ONLY },
    ]);
    const counts = await store.countEntries();
    assert.deepEqual(counts, {
      ...{ user: 1, group: 0, membership: 0, account: 1, permissionSet: 1 },
      ...{ userAssignment: 0, groupAssignment: 0 },
    });
    assert.equal(await store.findUserByName('a@b.c'), undefined);
    const [user, group] = await apply(store, 'command', [
      { kind: 'addUser', user: newUser('alice', { externalIds }) },
      { kind: 'addGroup', group: { name: 'admins', externalIds } },
    ]);
    assert.equal(user?.did, 'added', 'the name and the external id are free');
    assert.equal(group?.did, 'added', 'the name and the external id are free');
    assert.equal((await store.findUserByName('alice'))?.passwordHash, undefined);
  });

  testStore('the id of a user who was removed is given to nobody else', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'file', [{ kind: 'removeUser', id: aliceId }]);
    for (const source of ['file', 'command', 'provisioning:okta'] as const) {
      const step = { kind: 'addUser', user: newUser('alice', { id: aliceId }) } as const;
      assert.deepEqual(await conflictOf(store, source, step), { kind: 'spent', id: aliceId });
    }
  });

  testStore('a name that was changed is free, and the id stays', async (store) => {
    await apply(store, 'file', someEntries);
    assert.equal(
      await did(store, 'file', { kind: 'changeUser', id: aliceId, values: { userName: 'Alison' } }),
      'changed',
    );
    assert.equal((await store.findUserByName('alison'))?.id, aliceId);
    assert.equal(await did(store, 'command', { kind: 'addUser', user: newUser('alice') }), 'added');
  });

  testStore(
    'what has no sound id or repeats itself is an error, and nothing of the change stays',
    async (store) => {
      const first: DirectoryStep = { kind: 'addUser', user: newUser('first') };
      const unsound: readonly DirectoryStep[] = [
        { kind: 'addUser', user: newUser('x', { id: 'alice' }) },
        { kind: 'addGroup', group: { id: 'AD', name: 'x', externalIds: [] } },
        { kind: 'addAccount', account: { id: '12', name: 'x' } },
        { kind: 'addPermissionSet', permissionSet: { id: 'x', name: 'x', sessionDurationSeconds: 3600 } },
        { kind: 'addPermissionSet', permissionSet: { name: 'x', sessionDurationSeconds: 1 } },
        { kind: 'addUser', user: newUser('x', { version: 'AAAAAAAAAAA' }) },
        {
          kind: 'addUser',
          user: newUser('x', { emails: ['a@b', 'A@b'].map((address) => ({ address, primary: false })) }),
        },
        {
          kind: 'addUser',
          user: newUser('x', { externalIds: ['1', '2'].map((id) => ({ issuer: 'i', id })) }),
        },
        { kind: 'explode' } as unknown as DirectoryStep,
      ];
      for (const step of unsound) {
        await assert.rejects(
          store.changeDirectory(directoryChange('file', [first, step])),
          JSON.stringify(step),
        );
      }
      assert.equal((await store.countEntries()).user, 0);
      assert.equal(await store.findSource('file'), undefined);
    },
  );

  testStore('ids that are no UUIDs are those of nobody', async (store) => {
    await apply(store, 'file', someEntries);
    for (const id of ['', 'alice', `${aliceId} `, aliceId.toUpperCase()]) {
      assert.equal(await store.findUser(id), undefined);
      assert.equal(await store.findEntry('user', { id }), undefined);
      assert.deepEqual(await store.listAccounts(id, { limit: 10 }), []);
      assert.deepEqual(await conflictOf(store, 'file', { kind: 'removeUser', id }), {
        ...{ kind: 'missing', what: 'user', id },
      });
    }
    assert.equal(await store.findUser(uuid(1)), undefined);
  });
}
