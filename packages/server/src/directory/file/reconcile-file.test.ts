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
import { accessIn, contentOf, directories, INSTANCE_ID } from './testing/directories.ts';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

/** Reconciles a declaration as a server does with its file. */
async function reconcile(store: Store, directory: DirectoryConfig, options: Partial<ReconcileOptions> = {}) {
  const declared = new DeclaredEntries(directory, INSTANCE_ID);
  const { ids, conflicts } = await inspectFile(store, declared);
  assert.deepEqual(conflicts, []);
  const digest = hash('sha256', JSON.stringify(directory), 'buffer');
  return reconcileFile({ store, declared, ids, digest, now: () => NOW_MS, ...options });
}

/** A store that fails at a change, as a process that ends between two changes does; and how many it made. */
function failing(store: Store, afterChanges: number) {
  const counted = { changes: 0 };
  const cut = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'changeDirectory') return value.bind(target);
      return async (change: never) => {
        if (counted.changes === afterChanges) throw new Error('the process ended');
        counted.changes += 1;
        return target.changeDirectory(change);
      };
    },
  });
  return { cut, counted };
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
