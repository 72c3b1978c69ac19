import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DirectorySource, ExternalId } from '../../store/port/directory.ts';
import type { DirectoryStep } from '../../store/port/directory-change.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { everything, uuid } from '../../store/testing/directory/fixtures.ts';
import { sources, step } from '../../store/testing/directory/history.ts';
import { declaredGroupId, declaredPermissionSetId, declaredUserId } from '../ids.ts';
import { nameKey } from '../name-key.ts';
import type { DirectoryConfig } from './declaration.ts';
import { DeclaredEntries } from './declared-entries.ts';
import { findOthers, type UndeclaredName } from './find-others.ts';
import { inspectFile } from './inspect-file.ts';
import { reconcileFile } from './reconcile-file.ts';
import { accessIn, contentOf, failing, INSTANCE_ID } from './testing/directories.ts';

const names = ['ann', 'bob', 'dan', 'eve'];
const accountIds = ['000000000001', '000000000002'];
const some = <Item>(items: readonly Item[]) => fc.subarray([...items]);
const oneOf = <Item>(items: readonly Item[]) => fc.constantFrom(...items);
const often = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const seldom = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const externalIds = some<ExternalId>([
  { issuer: 'okta', id: '1' },
  { issuer: 'okta', id: '2' },
  { issuer: 'corp', id: '1' },
]).map((ids) => ids.filter((each, index) => ids.findIndex(({ issuer }) => issuer === each.issuer) === index));

/** Small files, in which names, ids and external ids go from one entry to another. */
const files: fc.Arbitrary<DirectoryConfig> = fc
  .record({
    users: fc.uniqueArray(
      fc.record({
        userName: oneOf(names),
        id: seldom(oneOf([uuid(1), uuid(2), ...names.map((name) => declaredUserId(INSTANCE_ID, name))])),
        externalIds,
        password: often(oneOf(['$argon2id$1', '$argon2id$2'])),
        disabled: fc.boolean(),
      }),
      { selector: ({ userName }) => userName },
    ),
    groups: fc.uniqueArray(
      fc.record({
        name: oneOf(names),
        id: seldom(oneOf([uuid(11), uuid(12), declaredGroupId(INSTANCE_ID, 'ann')])),
        externalIds,
        members: some(names),
      }),
      { selector: ({ name }) => name },
    ),
    accounts: fc.uniqueArray(fc.record({ id: oneOf(accountIds), name: oneOf(names) }), {
      selector: ({ id }) => id,
    }),
    permissionSets: fc.uniqueArray(
      fc.record({
        name: oneOf(names),
        id: seldom(oneOf(['ps-0000000000000001', declaredPermissionSetId(INSTANCE_ID, 'ann')])),
        sessionDurationSeconds: oneOf([900, 3600]),
      }),
      { selector: ({ name }) => name },
    ),
    assignments: fc.array(
      fc.record({
        ...{ users: some(names), groups: some(names) },
        ...{ accounts: some(accountIds), permissionSets: some(names) },
      }),
      { maxLength: 2 },
    ),
  })
  .map((file) => ({
    ...file,
    users: withOwnIds(file.users).map(({ password, ...user }) => ({
      ...user,
      ...(password !== undefined && { passwordHash: password }),
    })),
    groups: withOwnIds(file.groups),
    permissionSets: withOwnIds(file.permissionSets),
  }));

/** Leaves out the ids and the external ids that an entry before has. */
function withOwnIds<Entry extends { id?: string | undefined; externalIds?: readonly ExternalId[] }>(
  entries: readonly Entry[],
): (Omit<Entry, 'id'> & { id?: string })[] {
  const taken = new Set<string>();
  const isFree = (text: string) => !taken.has(text) && taken.add(text) !== undefined;
  return entries.map(({ id, ...entry }) => ({
    ...entry,
    ...(id !== undefined && isFree(id) && { id }),
    ...(entry.externalIds && {
      externalIds: entry.externalIds.filter((each) => isFree(`${each.issuer} ${each.id}`)),
    }),
  }));
}

interface Change {
  readonly source: DirectorySource;
  readonly step: DirectoryStep;
}

/** A change of another source: each has external ids now and then. */
const change: fc.Arbitrary<Change> = fc
  .record({ source: oneOf(sources.filter((source) => source !== 'file')), step, externalIds })
  .map(({ source, step: made, externalIds: ids }) => ({
    source,
    step:
      made.kind === 'addUser'
        ? { ...made, user: { ...made.user, externalIds: ids } }
        : made.kind === 'addGroup'
          ? { ...made, group: { ...made.group, externalIds: ids } }
          : made,
  }));

interface Edit {
  readonly file: DirectoryConfig;
  /** After how many changes the process ends, where there are so many. */
  readonly crashAfter: number;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  file: files,
  crashAfter: fc.integer({ min: 0, max: 8 }),
});

/** Compares a file with the store, as far as it can be read: its references are to what it declares, or others have. */
async function inspect(store: Store, file: DirectoryConfig) {
  const lists = {
    user: new Set(file.users.map(({ userName }) => userName)),
    group: new Set(file.groups.map(({ name }) => name)),
    account: new Set(file.accounts.map(({ id }) => id)),
    permissionSet: new Set(file.permissionSets.map(({ name }) => name)),
  };
  const undeclared = (['user', 'group', 'account', 'permissionSet'] as const).flatMap((kind) =>
    (kind === 'account' ? accountIds : names)
      .filter((name) => !lists[kind].has(name))
      .map((name): UndeclaredName => ({ kind, name })),
  );
  const others = await findOthers(store, undeclared);
  const known = (kind: keyof typeof lists) => (name: string) =>
    lists[kind].has(name) || others[kind].has(name);
  const readable = {
    ...file,
    groups: file.groups.map((group) => ({ ...group, members: group.members.filter(known('user')) })),
    assignments: file.assignments.map((assignment) => ({
      users: assignment.users.filter(known('user')),
      groups: assignment.groups.filter(known('group')),
      accounts: assignment.accounts.filter(known('account')),
      permissionSets: assignment.permissionSets.filter(known('permissionSet')),
    })),
  };
  const declared = new DeclaredEntries(readable, INSTANCE_ID, others);
  return { declared, readable, ...(await inspectFile(store, declared)) };
}

/** Applies a file that was found to be without conflicts. @returns how many differences there were */
async function apply(store: Store, file: DirectoryConfig, maxSteps: number): Promise<number> {
  const { declared, ids, conflicts } = await inspect(store, file);
  assert.deepEqual(conflicts, []);
  const digest = hash('sha256', JSON.stringify(file), 'buffer');
  const { differences } = await reconcileFile({ store, declared, ids, digest, now: () => 0, maxSteps });
  return differences;
}

/** Whether the file's entries in the store are those that it declares. */
async function assertDeclared(store: Store, file: DirectoryConfig): Promise<void> {
  const all = await everything(store);
  const own = <Entry extends { readonly source: DirectorySource }>(entries: readonly Entry[]) =>
    entries.filter(({ source }) => source === 'file');
  const users = own(all.user).filter(({ leftAtMs }) => leftAtMs === undefined);
  assert.deepEqual(
    users.map(({ userName, status, externalIds: ids }) => ({ userName, status, ids })),
    file.users
      .map(({ userName, disabled, externalIds: ids = [] }) => ({
        ...{ userName, status: disabled === true ? 'disabled' : 'enabled' },
        ids: ids.toSorted((a, b) => (a.issuer < b.issuer ? -1 : 1)),
      }))
      .toSorted((a, b) => (nameKey(a.userName) < nameKey(b.userName) ? -1 : 1)),
  );
  const groupNames = own(all.group).map(({ name }) => name);
  assert.deepEqual(groupNames, file.groups.map(({ name }) => name).toSorted());
  const setNames = own(all.permissionSet).map(({ name }) => name);
  assert.deepEqual(setNames, file.permissionSets.map(({ name }) => name).toSorted());
  for (const { userName, id } of file.users)
    if (id !== undefined) assert.equal(users.find((user) => user.userName === userName)?.id, id);
  for (const { name, id } of file.groups)
    if (id !== undefined) assert.equal(all.group.find((group) => group.name === name)?.id, id);
  const members = own(all.membership).map(({ userId, groupId }) => `${userId} ${groupId}`);
  const userIds = new Map(all.user.map(({ userName, id }) => [userName, id]));
  const groupIds = new Map(all.group.map(({ name, id }) => [name, id]));
  const declaredMembers = file.groups.flatMap(({ name, members: of }) =>
    of.map((userName) => `${userIds.get(userName)} ${groupIds.get(name)}`),
  );
  assert.deepEqual(members.toSorted(), declaredMembers.toSorted());
}

test('a file without conflicts is applied without one after any history of five sources, and again without a difference', async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(change, { weight: 2, arbitrary: edit }), {
        minLength: 2,
        maxLength: 12,
        size: 'max',
      }),
      fc.constantFrom(1, 3, 100),
      async (history, maxSteps) => {
        const store = openSqliteStore(':memory:');
        for (const event of history) {
          if ('step' in event) {
            const { source, step: made } = event;
            await store.changeDirectory({ source, actor: source, nowMs: 0, steps: [made] });
            continue;
          }
          const { file, crashAfter } = event;
          const { conflicts, readable } = await inspect(store, file);
          if (conflicts.length > 0) continue;
          const before = await accessIn(store);
          const { cut } = failing(store, crashAfter);
          await apply(cut, file, maxSteps).catch((error: Error) =>
            assert.equal(error.message, 'the process ended'),
          );
          const between = await accessIn(store);
          await apply(store, file, maxSteps);
          const allowed = before.union(await accessIn(store));
          assert.deepEqual([...between.difference(allowed)], [], 'nobody had what neither file gives');
          await assertDeclared(store, readable);
          const content = await contentOf(store);
          assert.equal(await apply(store, file, maxSteps), 0);
          assert.deepEqual(await contentOf(store), content);
          applied += 1;
        }
        await store.close();
      },
    ),
    { numRuns: 60 },
  );
  assert.ok(applied > 40, `${applied} files had no conflicts`);
});
