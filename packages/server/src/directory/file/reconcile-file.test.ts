import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DirectorySource } from '../../store/port/directory.ts';
import type { DirectoryStep } from '../../store/port/directory-change.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import type { DirectoryConfig } from './declaration.ts';
import { DeclaredEntries } from './declared-entries.ts';
import { findOthers } from './find-others.ts';
import { inspectFile } from './inspect-file.ts';
import { ReconcileConflict, type ReconcileOptions, reconcileFile } from './reconcile-file.ts';
import { accessIn, contentOf, directories, failing, INSTANCE_ID } from './testing/directories.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

/** Reconciles a declaration as a server does with its file. */
async function reconcile(store: Store, directory: DirectoryConfig, options: Partial<ReconcileOptions> = {}) {
  const declared = new DeclaredEntries(directory, INSTANCE_ID);
  const { ids, conflicts } = await inspectFile(store, declared);
  assert.deepEqual(conflicts, []);
  const digest = hash('sha256', JSON.stringify(directory), 'buffer');
  return reconcileFile({ store, declared, ids, digest, now: () => NOW_MS, ...options });
}

async function storeWith(directory: DirectoryConfig): Promise<Store> {
  const store = openSqliteStore(':memory:');
  await reconcile(store, directory);
  return store;
}

test('a crash between any two changes is finished later, and gives nobody access that neither file gives', async () => {
  const sizes = fc.constantFrom(1, 3);
  await fc.assert(
    fc.asyncProperty(directories, directories, sizes, async (before, after, maxSteps) => {
      const whole = await storeWith(before);
      const allowed = new Set(await accessIn(whole));
      await reconcile(whole, after);
      for (const access of await accessIn(whole)) allowed.add(access);
      const expected = await contentOf(whole);
      for (let changes = 0; ; changes += 1) {
        const store = await storeWith(before);
        const { cut } = failing(store, changes);
        const isOver = await reconcile(cut, after, { maxSteps }).then(
          () => true,
          () => false,
        );
        const access = await accessIn(store);
        assert.deepEqual(
          [...access].filter((each) => !allowed.has(each)),
          [],
          `after ${changes} changes`,
        );
        const { digest } = (await store.findSource('file')) ?? {};
        assert.equal(
          digest !== undefined,
          isOver || changes === 0,
          'there is a digest of what was applied wholly',
        );
        await reconcile(store, after, { maxSteps });
        assert.deepEqual(await contentOf(store), expected, `after ${changes} changes`);
        await store.close();
        if (isOver) break;
      }
      await whole.close();
    }),
    { numRuns: 12 },
  );
});

const nobody: DirectoryConfig = { users: [], groups: [], accounts: [], permissionSets: [], assignments: [] };
const HASH = '$argon2id$one';
const team: DirectoryConfig = {
  users: [{ userName: 'alice', passwordHash: HASH }, { userName: 'bob' }],
  groups: [{ name: 'devs', members: ['alice', 'bob'] }],
  accounts: [{ id: '111111111111', name: 'Sandbox' }],
  permissionSets: [{ name: 'Admin', sessionDurationSeconds: 3600 }],
  assignments: [{ users: [], groups: ['devs'], accounts: ['111111111111'], permissionSets: ['Admin'] }],
};

async function change(store: Store, source: DirectorySource, steps: readonly DirectoryStep[]) {
  const outcome = await store.changeDirectory({ source, actor: source, nowMs: NOW_MS, steps });
  assert.equal(outcome.kind, 'changed', JSON.stringify(outcome));
}

async function userNamed(store: Store, nameKey: string) {
  const user = await store.findEntry('user', { nameKey });
  assert.ok(user);
  return user;
}

test('a file that is applied again makes no difference', async () => {
  const store = await storeWith(team);
  const before = await contentOf(store);
  assert.deepEqual(await reconcile(store, team), { differences: 0, handedOver: [] });
  assert.deepEqual(await contentOf(store), before);
});

test('a user whom the file declares has the id that release 0.1 gave, unless somebody had it who was removed', async () => {
  const store = await storeWith(team);
  const { id: first } = await userNamed(store, 'alice');
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await change(store, 'file', [{ kind: 'removeUser', id: first }]);
  await reconcile(store, team);
  const { id: second } = await userNamed(store, 'alice');
  assert.match(second, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  assert.deepEqual(
    (await store.listAccounts(second, { limit: 10 })).map(({ id: account }) => account),
    ['111111111111'],
  );
  await reconcile(store, { ...team, users: [...team.users, { userName: 'carol' }] });
  assert.equal((await userNamed(store, 'alice')).id, second, 'the id stays');
});

test('a user keeps the version while only the name changes, and gets another with another password', async () => {
  const store = await storeWith(team);
  const { version } = await userNamed(store, 'alice');
  const named = { userName: 'Alice', displayName: 'Alice A.', email: 'a@example.com', passwordHash: HASH };
  await reconcile(store, { ...team, users: [named, { userName: 'bob' }], groups: [], assignments: [] });
  const renamed = await userNamed(store, 'alice');
  assert.deepEqual([renamed.version, renamed.userName, renamed.displayName], [version, 'Alice', 'Alice A.']);
  await reconcile(store, { ...nobody, users: [{ ...named, passwordHash: '$argon2id$two' }] });
  const changed = await userNamed(store, 'alice');
  assert.notEqual(changed.version, version);
  assert.equal(await store.findPasswordHash(changed.id), '$argon2id$two');
});

test('a password that a page set stays while the file has none for the user, and goes when it has one', async () => {
  const store = await storeWith(team);
  const { id } = await userNamed(store, 'bob');
  await change(store, 'page', [{ kind: 'setPassword', userId: id, hash: '$argon2id$page' }]);
  await reconcile(store, { ...team, accounts: [{ id: '111111111111', name: 'Renamed' }] });
  assert.equal(await store.findPasswordHash(id), '$argon2id$page');
  await reconcile(store, {
    ...team,
    users: [{ userName: 'alice' }, { userName: 'bob', passwordHash: HASH }],
  });
  assert.equal(await store.findPasswordHash(id), HASH);
  assert.equal(await store.findPasswordHash((await userNamed(store, 'alice')).id), undefined);
});

test('whoever leaves the file is disabled under another version, and comes back with the same id', async () => {
  const store = await storeWith(team);
  const alice = await userNamed(store, 'alice');
  await reconcile(store, nobody);
  const gone = await userNamed(store, 'alice');
  assert.deepEqual([gone.status, gone.leftAtMs, gone.hasPassword], ['disabled', NOW_MS, false]);
  assert.notEqual(gone.version, alice.version);
  assert.deepEqual(await reconcile(store, nobody), { differences: 0, handedOver: [] });
  await reconcile(store, team);
  const back = await userNamed(store, 'alice');
  assert.deepEqual([back.status, back.id, back.hasPassword], ['enabled', alice.id, true]);
});

test('what leaves the file is handed over to commands where another source refers to it', async () => {
  const store = await storeWith(team);
  const devs = await store.findEntry('group', { nameKey: 'devs' });
  assert.ok(devs);
  const carol = {
    userName: 'carol',
    displayName: 'C',
    emails: [],
    externalIds: [],
    status: 'enabled',
  } as const;
  const carolId = '00000000-0000-4000-8000-000000000001';
  await change(store, 'provisioning:okta', [
    { kind: 'addUser', user: { ...carol, id: carolId } },
    { kind: 'addMembership', userId: carolId, groupId: devs.id },
  ]);
  const { handedOver } = await reconcile(store, nobody);
  assert.deepEqual(handedOver, [{ kind: 'group', name: 'devs' }]);
  assert.equal((await store.findEntry('group', { nameKey: 'devs' }))?.source, 'command');
  assert.equal(await store.findEntry('account', { id: '111111111111' }), undefined);
  const back = { ...team, groups: [{ name: 'devs', description: 'back', members: ['alice'] }] };
  await reconcile(store, back);
  const { source, description, id } = (await store.findEntry('group', { nameKey: 'devs' })) ?? {};
  assert.deepEqual({ source, description, id }, { source: 'file', description: 'back', id: devs.id });
  assert.equal((await store.listEntries('membership', { of: { groupId: devs.id }, limit: 9 })).length, 2);
  assert.equal((await reconcile(store, back)).differences, 0);
});

test('what a command changed after the file had handed it over is a conflict when the file declares it again', async () => {
  const store = await storeWith(team);
  const bob = await userNamed(store, 'bob');
  await change(store, 'command', [
    {
      ...{ kind: 'addAssignment', principal: { userId: bob.id }, accountId: '111111111111' },
      permissionSetId: (await store.findEntry('permissionSet', { nameKey: 'admin' }))?.id ?? '',
    },
  ]);
  await reconcile(store, { ...nobody, users: team.users });
  await change(store, 'command', [{ kind: 'changeAccount', id: '111111111111', values: { name: 'Ours' } }]);
  const { conflicts } = await inspectFile(store, new DeclaredEntries(team, INSTANCE_ID));
  assert.deepEqual(conflicts, [{ kind: 'account', key: '111111111111', what: { owner: 'command' } }]);
});

test('what another source has is a conflict, which names the owner, before anything is changed', async () => {
  const store = await storeWith(nobody);
  const user = { userName: 'BOB', displayName: 'B', emails: [], externalIds: [], status: 'enabled' } as const;
  await change(store, 'command', [
    { kind: 'addUser', user },
    { kind: 'addAccount', account: { id: '111111111111', name: 'Other' } },
  ]);
  const { conflicts } = await inspectFile(store, new DeclaredEntries(team, INSTANCE_ID));
  assert.deepEqual(conflicts, [
    { kind: 'user', key: 'bob', what: { owner: 'command' } },
    { kind: 'account', key: '111111111111', what: { owner: 'command' } },
  ]);
});

test('the file may assign roles to groups of other sources, and have their users as members', async () => {
  const store = await storeWith(nobody);
  const carolId = '00000000-0000-4000-8000-000000000001';
  const opsId = '00000000-0000-4000-8000-000000000002';
  const carol = {
    userName: 'carol',
    displayName: 'C',
    emails: [],
    externalIds: [],
    status: 'enabled',
  } as const;
  await change(store, 'provisioning:okta', [
    { kind: 'addUser', user: { ...carol, id: carolId } },
    { kind: 'addGroup', group: { id: opsId, name: 'Ops', externalIds: [] } },
  ]);
  const directory = {
    ...team,
    groups: [{ name: 'devs', members: ['carol'] }],
    assignments: [
      { users: [], groups: ['Ops', 'devs'], accounts: ['111111111111'], permissionSets: ['Admin'] },
    ],
  };
  const undeclared = [
    { kind: 'user', name: 'carol' },
    { kind: 'group', name: 'Ops' },
    { kind: 'group', name: 'ops' },
    { kind: 'user', name: 'nobody' },
  ] as const;
  const others = await findOthers(store, undeclared);
  assert.deepEqual([...others.user], [['carol', carolId]]);
  assert.deepEqual([...others.group], [['Ops', opsId]], 'names are compared exactly');
  const declared = new DeclaredEntries(directory, INSTANCE_ID, others);
  const { ids } = await inspectFile(store, declared);
  await reconcileFile({ store, declared, ids, digest: Buffer.alloc(32), now: () => NOW_MS });
  assert.deepEqual((await store.listAccounts(carolId, { limit: 9 })).length, 1);
  assert.equal((await store.listEntries('groupAssignment', { of: { groupId: opsId }, limit: 9 })).length, 1);
});

test('a first file is applied 50 steps at a time, also once it was stopped, and a later one 25 at a time', async () => {
  const store = openSqliteStore(':memory:');
  const people = Array.from({ length: 120 }, (_, index) => ({ userName: `user${index}` }));
  const sizesOf = async (users: DirectoryConfig['users'], isStopped = false) => {
    const stop = new AbortController();
    const done = [0];
    const onProgress = (differences: number) => {
      done.push(differences);
      if (isStopped) stop.abort();
    };
    const applied = reconcile(store, { ...nobody, users }, { onProgress, signal: stop.signal });
    await (isStopped ? assert.rejects(applied) : applied);
    return done.slice(1).map((differences, index) => differences - (done[index] ?? 0));
  };
  assert.deepEqual(await sizesOf(people, true), [50]);
  assert.deepEqual(await sizesOf(people), [50, 20, 0]);
  assert.deepEqual(await sizesOf(people.slice(40)), [25, 15, 0]);
});

test('of two files that are applied at the same time, one goes on and the other stops', async () => {
  const store = await storeWith(team);
  const faultOf = (applied: Promise<unknown>) =>
    applied.then(
      () => undefined,
      (error: unknown) => error,
    );
  let other: Promise<unknown> | undefined;
  const fault = await faultOf(
    reconcile(store, nobody, {
      maxSteps: 1,
      onProgress: () => {
        other ??= faultOf(reconcile(store, { ...team, groups: [], assignments: [] }, { maxSteps: 1 }));
      },
    }),
  );
  const faults = [fault, await other].filter((each) => each !== undefined);
  assert.equal(faults.length, 1);
  assert.ok(faults[0] instanceof ReconcileConflict && faults[0].conflict.kind === 'outdated');
  assert.ok((await store.findSource('file'))?.digest, 'the other one was applied wholly');
});

test('a file that is stopped by its signal stops between two changes', async () => {
  const store = await storeWith(team);
  const stop = new AbortController();
  const stopped = reconcile(store, nobody, {
    ...{ maxSteps: 1, signal: stop.signal },
    onProgress: (differences) => differences === 2 && stop.abort(new Error('a newer file')),
  });
  await assert.rejects(stopped, /a newer file/);
  const source = await store.findSource('file');
  assert.equal(source?.digest, undefined);
});

const okta = (id: string) => [{ issuer: 'okta', id }];

async function conflictsOf(store: Store, directory: DirectoryConfig) {
  return (await inspectFile(store, new DeclaredEntries(directory, INSTANCE_ID))).conflicts;
}

test('an external id goes from one person or group to another, also in a circle', async () => {
  const [one, two] = [okta('1'), okta('2')];
  const users = (first: typeof one, second: typeof one) => [
    { userName: 'alice', externalIds: first },
    { userName: 'bob', externalIds: second },
  ];
  const groups = (first: typeof one, second: typeof one) => [
    { name: 'devs', members: [], externalIds: first },
    { name: 'ops', members: [], externalIds: second },
  ];
  const store = await storeWith({ ...nobody, users: users(one, two), groups: groups(one, two) });
  const holders = async () => [
    (await store.findExternalId('user', one[0]!))?.userName,
    (await store.findExternalId('user', two[0]!))?.userName,
    (await store.findExternalId('group', one[0]!))?.name,
  ];
  await reconcile(store, { ...nobody, users: users([], one), groups: groups([], one) });
  assert.deepEqual(await holders(), ['bob', undefined, 'ops']);
  await reconcile(store, { ...nobody, users: users(two, one), groups: groups(two, one) });
  await reconcile(store, { ...nobody, users: users(one, two), groups: groups(one, two) });
  assert.deepEqual(await holders(), ['alice', 'bob', 'devs']);
  await reconcile(store, { ...nobody, users: [{ userName: 'bob', externalIds: one }] });
  assert.deepEqual(await holders(), ['bob', undefined, undefined], 'also of one who leaves with this file');
});

test('somebody new with an external id of a person who stays in the file is somebody new', async () => {
  const store = await storeWith({ ...nobody, users: [{ userName: 'alice', externalIds: okta('1') }] });
  const alice = await userNamed(store, 'alice');
  await reconcile(store, {
    ...nobody,
    users: [{ userName: 'alice' }, { userName: 'bob', externalIds: okta('1') }],
  });
  assert.equal((await userNamed(store, 'alice')).id, alice.id);
  assert.notEqual((await userNamed(store, 'bob')).id, alice.id);
});

test('a person whom the file names anew and who keeps an external id stays the same person', async () => {
  const store = await storeWith({
    ...team,
    users: [{ userName: 'alice', passwordHash: HASH, externalIds: okta('1') }, { userName: 'bob' }],
  });
  const alice = await userNamed(store, 'alice');
  await change(store, 'command', [{ kind: 'addGroup', group: { id: alice.id, name: 'x', externalIds: [] } }]);
  await change(store, 'command', [{ kind: 'addMembership', userId: alice.id, groupId: alice.id }]);
  const after: DirectoryConfig = {
    ...team,
    users: [{ userName: 'a.smith', passwordHash: HASH, externalIds: okta('1') }, { userName: 'bob' }],
    groups: [{ name: 'devs', members: ['a.smith', 'bob'] }],
  };
  const declared = new DeclaredEntries(after, INSTANCE_ID);
  const { ended, added } = await inspectFile(store, declared);
  assert.deepEqual({ ended, added }, { ended: [], added: 0 }, 'nobody loses anything');
  assert.equal((await reconcile(store, after)).differences, 1);
  const renamed = await userNamed(store, 'a.smith');
  assert.deepEqual([renamed.id, renamed.version], [alice.id, alice.version], 'sessions go on');
  assert.equal(await store.findEntry('user', { nameKey: 'alice' }), undefined);
  assert.equal((await store.listEntries('membership', { of: { userId: alice.id }, limit: 9 })).length, 2);
});

test('a person, a group and a permission set with an id in the file may be named anew', async () => {
  const [userId, groupId] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  const file = (name: string): DirectoryConfig => ({
    users: [{ id: userId, userName: name }],
    groups: [{ id: groupId, name, members: [name] }],
    accounts: team.accounts,
    permissionSets: [{ id: 'ps-0000000000000001', name, sessionDurationSeconds: 3600 }],
    assignments: [{ users: [], groups: [name], accounts: ['111111111111'], permissionSets: [name] }],
  });
  const store = await storeWith(file('before'));
  const { version } = await userNamed(store, 'before');
  assert.equal((await reconcile(store, file('after'))).differences, 3);
  assert.equal((await userNamed(store, 'after')).version, version);
  assert.ok(await store.findAssignedRole(userId, { accountId: '111111111111', roleName: 'after' }));
  assert.deepEqual(await conflictsOf(store, file('after')), []);
});

test('names that people give up in one file are free for others in it, whom the id of the file names', async () => {
  const users = (...names: readonly string[]) =>
    names.map((userName, index) => ({ id: `00000000-0000-4000-8000-00000000000${index + 1}`, userName }));
  const store = await storeWith({ ...nobody, users: users('ann', 'bob', 'cid') });
  await reconcile(store, { ...nobody, users: users('bob', 'cid', 'dot') });
  const ids = async () => (await store.listEntries('user', { limit: 9 })).map(({ id }) => id.at(-1));
  assert.deepEqual(await ids(), ['1', '2', '3']);
  // Whoever has a name that nobody gives up, or gives it up only for the other's, cannot be named so.
  const exchanged = { ...nobody, users: users('cid', 'bob', 'dot') };
  assert.deepEqual(
    (await conflictsOf(store, exchanged)).map(({ key }) => key),
    ['bob', 'cid'],
  );
  await reconcile(store, { ...nobody, users: [...users('ann', 'cid', 'dot'), { userName: 'bob' }] });
  assert.equal((await userNamed(store, 'ann')).id.at(-1), '1');
  assert.match((await userNamed(store, 'bob')).id, /^[\da-f]{8}-[\da-f]{4}-8/, 'bob is somebody new');
});

test('somebody new whose id by name is that of a person who was renamed gets another, and none of the roles', async () => {
  const store = await storeWith({
    ...team,
    users: [{ userName: 'alice', externalIds: okta('1') }],
    groups: [{ name: 'devs', members: ['alice'] }],
  });
  const { id } = await userNamed(store, 'alice');
  await reconcile(store, {
    ...team,
    users: [{ userName: 'a.smith', externalIds: okta('1') }],
    groups: [{ name: 'devs', members: ['a.smith'] }],
  });
  const after = {
    ...team,
    users: [{ userName: 'a.smith', externalIds: okta('1') }, { userName: 'alice' }],
    groups: [{ name: 'devs', members: ['alice'] }],
  };
  await reconcile(store, after);
  assert.deepEqual(await store.listAccounts(id, { limit: 9 }), []);
  assert.notEqual((await userNamed(store, 'alice')).id, id);
  assert.equal((await reconcile(store, after)).differences, 0);
});

test('who left the file and is declared under another name comes back as the same person, under another version', async () => {
  const store = await storeWith({ ...nobody, users: [{ userName: 'alice', externalIds: okta('1') }] });
  const alice = await userNamed(store, 'alice');
  await reconcile(store, nobody);
  await reconcile(store, { ...nobody, users: [{ userName: 'a.smith', externalIds: okta('1') }] });
  const back = await userNamed(store, 'a.smith');
  assert.deepEqual([back.id, back.status, back.leftAtMs], [alice.id, 'enabled', undefined]);
  assert.notEqual(back.version, alice.version);
});
