import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamedKind } from '../../control/command-directory.ts';
import type { DirectoryStep } from '../../store/port/directory-change.ts';
import type { Store } from '../../store/store.ts';
import {
  ADMIN,
  adminsId,
  aliceId,
  apply,
  assign,
  everything,
  newUser,
  SANDBOX,
  someEntries,
  uuid,
} from '../../store/testing/directory/fixtures.ts';
import { emptyInstance } from '../../transfer/testing/directories.ts';
import { removeEntry } from './remove-entry.ts';

const numbers = Array.from({ length: 130 }, (_, index) => index + 1);
const accountOf = (number: number) => String(number).padStart(12, '0');

/** What makes each entry large: 260 memberships and assignments of commands refer to it. */
const largeEntries: Readonly<Record<NamedKind, readonly DirectoryStep[]>> = {
  user: numbers.flatMap((number) => [
    { kind: 'addGroup', group: { id: uuid(number), name: `group ${number}`, externalIds: [] } },
    { kind: 'addAccount', account: { id: accountOf(number), name: 'one of many' } },
    { kind: 'addMembership', userId: aliceId, groupId: uuid(number) },
    assign({ userId: aliceId }, accountOf(number), ADMIN),
  ]),
  group: numbers.flatMap((number) => [
    { kind: 'addUser', user: newUser(`user ${number}`, { id: uuid(number) }) },
    { kind: 'addAccount', account: { id: accountOf(number), name: 'one of many' } },
    { kind: 'addMembership', userId: uuid(number), groupId: adminsId },
    assign({ groupId: adminsId }, accountOf(number), ADMIN),
  ]),
  account: numbers.flatMap((number) => [
    { kind: 'addUser', user: newUser(`user ${number}`, { id: uuid(number) }) },
    { kind: 'addGroup', group: { id: uuid(number), name: `group ${number}`, externalIds: [] } },
    assign({ userId: uuid(number) }, SANDBOX, ADMIN),
    assign({ groupId: uuid(number) }, SANDBOX, ADMIN),
  ]),
  permissionSet: numbers.flatMap((number) => [
    { kind: 'addUser', user: newUser(`user ${number}`, { id: uuid(number) }) },
    { kind: 'addGroup', group: { id: uuid(number), name: `group ${number}`, externalIds: [] } },
    assign({ userId: uuid(number) }, SANDBOX, ADMIN),
    assign({ groupId: uuid(number) }, SANDBOX, ADMIN),
  ]),
};
const ids: Readonly<Record<NamedKind, string>> = {
  ...{ user: aliceId, group: adminsId, account: SANDBOX, permissionSet: ADMIN },
};

/** An instance in which an entry is large. `changes` are the numbers of steps of the changes that it makes. */
async function largeInstance(kind: NamedKind, endAfter = Number.POSITIVE_INFINITY) {
  const { store, directory } = emptyInstance('ssoins-7e57000000000001');
  await apply(store, 'command', someEntries);
  const steps = largeEntries[kind];
  for (let first = 0; first < steps.length; first += 100)
    await apply(store, 'command', steps.slice(first, first + 100));
  const changes: number[] = [];
  const ending: typeof directory = {
    ...directory,
    changeDirectory(change) {
      if (changes.length === endAfter) throw new Error('the process ended');
      changes.push(change.steps.length);
      return directory.changeDirectory(change);
    },
  };
  return { store, directory: ending, whole: directory, changes };
}

async function referencesIn(store: Store): Promise<number> {
  const { membership, userAssignment, groupAssignment } = await everything(store);
  return membership.length + userAssignment.length + groupAssignment.length;
}

for (const kind of ['user', 'group', 'account', 'permissionSet'] as const) {
  test(`a ${kind} to which much refers is removed a hundred at a time, and a removal that was cut off is finished by the next`, async () => {
    const { store, directory, whole, changes } = await largeInstance(kind, 2);
    const entry = (await store.findEntry(kind, { id: ids[kind] }))!;
    await assert.rejects(removeEntry({ directory }, kind, entry), /the process ended/);
    assert.deepEqual(changes, [100, 30]);
    assert.equal(await referencesIn(store), 130);
    assert.deepEqual(await store.findEntry(kind, { id: ids[kind] }), entry);
    await removeEntry({ directory: whole }, kind, entry);
    assert.equal(await store.findEntry(kind, { id: ids[kind] }), undefined);
    assert.equal(await referencesIn(store), 0);
    await store.close();
  });

  test(`a ${kind} to which another source refers, too, is not removed, nor is anything that refers to it`, async () => {
    const { store, directory, changes } = await largeInstance(kind);
    const other: DirectoryStep =
      kind === 'user' || kind === 'group'
        ? { kind: 'addMembership', userId: aliceId, groupId: adminsId }
        : assign({ userId: aliceId }, SANDBOX, ADMIN);
    await apply(store, 'page', [other]);
    const entry = (await store.findEntry(kind, { id: ids[kind] }))!;
    await assert.rejects(removeEntry({ directory }, kind, entry), /page/);
    assert.deepEqual(changes, [1]);
    assert.equal(await referencesIn(store), 261);
    await store.close();
  });
}

test('an entry to which little refers is removed in one change', async () => {
  const { store, directory } = emptyInstance('ssoins-7e57000000000001');
  await apply(store, 'command', [
    ...someEntries,
    { kind: 'addMembership', userId: aliceId, groupId: adminsId },
  ]);
  let changes = 0;
  const counting: typeof directory = {
    ...directory,
    changeDirectory(change) {
      changes += 1;
      return directory.changeDirectory(change);
    },
  };
  const entry = (await store.findEntry('group', { id: adminsId }))!;
  await removeEntry({ directory: counting }, 'group', entry);
  assert.deepEqual([changes, await referencesIn(store)], [1, 0]);
  await store.close();
});
