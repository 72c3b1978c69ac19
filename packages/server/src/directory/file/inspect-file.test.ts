import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { nameKey } from '../name-key.ts';
import type { DirectoryConfig } from './declaration.ts';
import { DeclaredEntries } from './declared-entries.ts';
import { inspectFile } from './inspect-file.ts';
import { reconcileFile } from './reconcile-file.ts';
import { directories, INSTANCE_ID } from './testing/directories.ts';

/** What `after` takes from whom, found by looking at both directories as a whole. */
function lossesOf(before: DirectoryConfig, after: DirectoryConfig): string[] {
  const enabled = ({ users }: DirectoryConfig) => users.filter(({ disabled }) => disabled !== true);
  const withRoles = ({ groups, assignments }: DirectoryConfig) => {
    const effective = assignments.filter(
      ({ accounts, permissionSets }) => accounts.length * permissionSets.length > 0,
    );
    const assigned = new Set(effective.flatMap((assignment) => assignment.groups));
    const members = groups.filter(({ name }) => assigned.has(name)).flatMap((group) => group.members);
    return new Set([...effective.flatMap(({ users }) => users), ...members].map(nameKey));
  };
  const [had, has] = [withRoles(before), withRoles(after)];
  const now = new Map(enabled(after).map((user) => [nameKey(user.userName), user]));
  return enabled(before).flatMap(({ userName, passwordHash }) => {
    const key = nameKey(userName);
    const user = now.get(key);
    if (user === undefined) return [`${userName} user`];
    if (passwordHash !== undefined && user.passwordHash !== passwordHash) return [`${userName} password`];
    return had.has(key) && !has.has(key) ? [`${userName} roles`] : [];
  });
}

test('whose access a file ends is found as by looking at both directories as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(directories, directories, async (before, after) => {
      const store = openSqliteStore(':memory:');
      const first = new DeclaredEntries(before, INSTANCE_ID);
      const { ids, added, peopleAfter } = await inspectFile(store, first);
      await reconcileFile({ store, declared: first, ids, digest: Buffer.alloc(32), now: () => 0 });
      const inspection = await inspectFile(store, new DeclaredEntries(after, INSTANCE_ID));
      const ended = inspection.ended.map(({ userName, lost }) => `${userName} ${lost}`);
      assert.deepEqual(ended.toSorted(), lossesOf(before, after).toSorted());
      assert.deepEqual([added, inspection.peopleBefore], [peopleAfter, peopleAfter]);
      await store.close();
    }),
    { numRuns: 100 },
  );
});

const person = (userName: string) => ({
  ...{ userName, displayName: userName, emails: [], externalIds: [] },
  status: 'enabled' as const,
});
const team: DirectoryConfig = {
  users: [{ userName: 'alice' }],
  groups: [{ name: 'devs', members: ['alice'] }],
  accounts: [{ id: '111111111111', name: 'Sandbox' }],
  permissionSets: [{ name: 'Admin', sessionDurationSeconds: 3600 }],
  assignments: [{ users: [], groups: ['devs'], accounts: ['111111111111'], permissionSets: ['Admin'] }],
};
const carolId = '00000000-0000-4000-8000-000000000001';

/** A store with the team, in whose group another source has carol. */
async function storeWithCarol() {
  const store = openSqliteStore(':memory:');
  const declared = new DeclaredEntries(team, INSTANCE_ID);
  const { ids } = await inspectFile(store, declared);
  await reconcileFile({ store, declared, ids, digest: Buffer.alloc(32), now: () => 0 });
  const devs = await store.findEntry('group', { nameKey: 'devs' });
  assert.ok(devs);
  await store.changeDirectory({
    ...{ source: 'provisioning:okta', actor: 'okta', nowMs: 0 },
    steps: [
      { kind: 'addUser', user: { ...person('carol'), id: carolId } },
      { kind: 'addMembership', userId: carolId, groupId: devs.id },
    ],
  });
  return store;
}

test('people of other sources who lose every role by the file are named after those of the file', async () => {
  const store = await storeWithCarol();
  const { ended, peopleBefore, otherUsers } = await inspectFile(
    store,
    new DeclaredEntries({ ...team, assignments: [] }, INSTANCE_ID),
  );
  assert.deepEqual(ended, [
    { userName: 'alice', lost: 'roles' },
    { userName: 'carol', lost: 'roles', isOfOther: true },
  ]);
  assert.deepEqual([peopleBefore, otherUsers], [1, 1]);
});

test('whoever keeps a role through another source loses nothing', async () => {
  const store = await storeWithCarol();
  const [admin] = await store.listEntries('permissionSet', { limit: 1 });
  assert.ok(admin);
  await store.changeDirectory({
    ...{ source: 'command', actor: 'command', nowMs: 0 },
    steps: [
      {
        ...{ kind: 'addAssignment', principal: { userId: carolId } },
        ...{ accountId: '111111111111', permissionSetId: admin.id },
      },
    ],
  });
  const { ended } = await inspectFile(store, new DeclaredEntries({ ...team, assignments: [] }, INSTANCE_ID));
  assert.deepEqual(ended, [{ userName: 'alice', lost: 'roles' }]);
});

test('people who are blocked neither count nor lose anything', async () => {
  const store = await storeWithCarol();
  const alice = await store.findEntry('user', { nameKey: 'alice' });
  assert.ok(alice);
  const steps = [{ kind: 'blockUser', userId: alice.id }] as const;
  await store.changeDirectory({ source: 'command', actor: 'command', nowMs: 0, steps });
  const inspection = await inspectFile(
    store,
    new DeclaredEntries({ ...team, users: [], groups: [], assignments: [] }, INSTANCE_ID),
  );
  assert.deepEqual(
    [inspection.peopleBefore, inspection.ended.map(({ userName }) => userName)],
    [0, ['carol']],
  );
});

test('an entry is in conflict whose given id another entry has, or which has another id', async () => {
  const store = await storeWithCarol();
  const alice = await store.findEntry('user', { nameKey: 'alice' });
  const users = [
    { userName: 'alice', id: carolId },
    { userName: 'dave', id: carolId },
  ];
  const { conflicts } = await inspectFile(store, new DeclaredEntries({ ...team, users }, INSTANCE_ID));
  assert.deepEqual(conflicts, [
    { kind: 'user', key: 'alice', what: { id: alice?.id } },
    { kind: 'user', key: 'dave', what: { id: carolId } },
  ]);
});

test('an external id that another source has is found before anything changes', async () => {
  const store = await storeWithCarol();
  const externalId = { issuer: 'okta', id: '1' };
  await store.changeDirectory({
    ...{ source: 'provisioning:okta', actor: 'okta', nowMs: 0 },
    steps: [
      { kind: 'changeUser', id: carolId, values: { externalIds: [externalId] } },
      { kind: 'addGroup', group: { name: 'ops', externalIds: [externalId] } },
    ],
  });
  const file: DirectoryConfig = {
    ...team,
    users: [{ userName: 'alice', externalIds: [externalId] }],
    groups: [{ name: 'devs', members: ['alice'], externalIds: [externalId] }],
  };
  const { conflicts } = await inspectFile(store, new DeclaredEntries(file, INSTANCE_ID));
  const from = 'provisioning:okta';
  assert.deepEqual(conflicts, [
    { kind: 'user', key: 'alice', what: { externalId, of: 'carol', from } },
    { kind: 'group', key: 'devs', what: { externalId, of: 'ops', from } },
  ]);
});

test('an id that the file gives and that was of somebody who was removed is found before anything changes', async () => {
  const store = openSqliteStore(':memory:');
  await store.changeDirectory({
    ...{ source: 'command', actor: 'command', nowMs: 0 },
    steps: [
      { kind: 'addUser', user: { ...person('carol'), id: carolId } },
      { kind: 'removeUser', id: carolId },
    ],
  });
  const file = { ...team, users: [...team.users, { userName: 'dan', id: carolId }] };
  const { conflicts } = await inspectFile(store, new DeclaredEntries(file, INSTANCE_ID));
  assert.deepEqual(conflicts, [{ kind: 'user', key: 'dan', what: { spentId: carolId } }]);
});
