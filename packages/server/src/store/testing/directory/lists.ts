import assert from 'node:assert/strict';
import { compareKeys } from '../../../directory/compare-keys.ts';
import { nameKey } from '../../../directory/name-key.ts';
import type { EntryFilter, EntryKind, EntryOf } from '../../port/directory.ts';
import type { DirectoryStep } from '../../port/directory-change.ts';
import { entryKey } from '../../port/entry-key.ts';
import type { Store } from '../../store.ts';
import type { StoreTest } from '../store-test.ts';
import { apply, assign, newUser, uuid } from './fixtures.ts';

/** Names in an order that is not that of their bytes; U+1D7D8 (𝟘) and U+1F511 come after U+FF5E and U+E000. */
const names = ['\u{1f511}', 'b c', 'b', 'B2', 'z', 'é', '～', '\u{e000}', '𝕏', 'ß', 'a'];
const numbers = names.map((_, index) => index);
const userIds = numbers.map((n) => uuid((n * 7919) % 256));
const groupIds = numbers.map((n) => uuid((n * 104_729) % 251));
const accountIds = numbers.map((n) => String((n * 48_271) % 1000).padStart(12, '0'));
const permissionSetIds = numbers.map((n) => `ps-${((n * 16_807) % 997).toString(16).padStart(16, '0')}`);

/** A directory with several entries of each kind, every second one of `command`, the others of `file`. */
async function fill(store: Store): Promise<void> {
  const sources = ['file', 'command'] as const;
  const entries = numbers.map((n): readonly DirectoryStep[] => [
    { kind: 'addUser', user: newUser(names[n]!, { id: userIds[n]! }) },
    { kind: 'addGroup', group: { id: groupIds[n]!, name: names[n]!, externalIds: [] } },
    { kind: 'addAccount', account: { id: accountIds[n]!, name: names[n]! } },
    {
      kind: 'addPermissionSet',
      permissionSet: { id: permissionSetIds[n]!, name: names[n]!, sessionDurationSeconds: 3600 },
    },
  ]);
  for (const [n, steps] of entries.entries()) await apply(store, sources[n % 2]!, steps);
  for (const n of numbers) {
    const next = (n + 1) % numbers.length;
    await apply(
      store,
      sources[n % 2]!,
      [n, next].flatMap((other) => [
        { kind: 'addMembership', userId: userIds[n]!, groupId: groupIds[other]! },
        assign({ userId: userIds[n]! }, accountIds[other]!, permissionSetIds[n]!),
        assign({ userId: userIds[n]! }, accountIds[other]!, permissionSetIds[next]!),
        assign({ groupId: groupIds[n]! }, accountIds[other]!, permissionSetIds[n]!),
        assign({ groupId: groupIds[n]! }, accountIds[other]!, permissionSetIds[next]!),
      ]),
    );
  }
}

/** All entries of a list, three at a time. */
async function pageThrough<K extends EntryKind>(
  store: Store,
  kind: K,
  filter: { readonly source?: 'file' | 'command'; readonly of?: EntryFilter },
): Promise<readonly EntryOf[K][]> {
  const entries: EntryOf[K][] = [];
  for (;;) {
    const last = entries.at(-1);
    const after = last === undefined ? {} : { after: entryKey(kind, last) };
    const page = await store.listEntries(kind, { limit: 3, ...after, ...filter });
    entries.push(...page);
    if (page.length < 3) return entries;
  }
}

const lists: readonly { readonly kind: EntryKind; readonly count: number; readonly of?: EntryFilter }[] = [
  { kind: 'user', count: 11 },
  { kind: 'group', count: 11 },
  { kind: 'account', count: 11 },
  { kind: 'permissionSet', count: 11 },
  { kind: 'membership', count: 22 },
  { kind: 'membership', count: 2, of: { userId: userIds[3]! } },
  { kind: 'membership', count: 2, of: { groupId: groupIds[3]! } },
  { kind: 'membership', count: 1, of: { userId: userIds[3]!, groupId: groupIds[4]! } },
  { kind: 'userAssignment', count: 44 },
  { kind: 'userAssignment', count: 4, of: { userId: userIds[3]! } },
  { kind: 'userAssignment', count: 4, of: { accountId: accountIds[3]! } },
  { kind: 'userAssignment', count: 4, of: { permissionSetId: permissionSetIds[1]! } },
  { kind: 'groupAssignment', count: 44 },
  { kind: 'groupAssignment', count: 4, of: { groupId: groupIds[3]! } },
  { kind: 'groupAssignment', count: 4, of: { accountId: accountIds[3]! } },
  { kind: 'groupAssignment', count: 4, of: { permissionSetId: permissionSetIds[1]! } },
  { kind: 'groupAssignment', count: 2, of: { groupId: groupIds[3]!, accountId: accountIds[3]! } },
];

/** Lists of entries: order, pages, filters. */
export function directoryListsConformance(testStore: StoreTest): void {
  for (const { kind, count, of } of lists) {
    const title = of === undefined ? kind : `${kind} of ${Object.keys(of).join(' and ')}`;
    testStore(
      `entries are listed a page at a time, in the order of the bytes of their keys: ${title}`,
      async (store) => {
        await fill(store);
        const filter = of === undefined ? {} : { of };
        const all = await pageThrough(store, kind, filter);
        const keys = all.map((entry) => entryKey(kind, entry));
        assert.equal(new Set(keys).size, count);
        assert.deepEqual(keys, keys.toSorted(compareKeys));
        assert.deepEqual(await store.listEntries(kind, { limit: 1000, ...filter }), all);
        for (const source of ['file', 'command'] as const) {
          assert.deepEqual(
            await pageThrough(store, kind, { source, ...filter }),
            all.filter((entry) => entry.source === source),
          );
        }
      },
    );
  }

  testStore('a page may begin after a key that no entry has', async (store) => {
    await fill(store);
    const users = await store.listEntries('user', { after: 'b d', limit: 2 });
    assert.deepEqual(
      users.map(({ userName }) => nameKey(userName)),
      ['b2', 'x'],
    );
    const other = `${uuid(0)} ${uuid(0)}`;
    const of = { userId: userIds[3]! };
    assert.equal((await store.listEntries('membership', { after: other, limit: 9, of })).length, 2);
    const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    assert.deepEqual(await store.listEntries('membership', { after: `${last} ${last}`, limit: 9, of }), []);
  });

  testStore('a list by something that its entries do not refer to is an error', async (store) => {
    await assert.rejects(
      store.listEntries('user', { limit: 1, of: { groupId: uuid(1) } }),
      /user by groupId/,
    );
    await assert.rejects(store.listEntries('membership', { limit: 1, after: 'alice' }), /2 parts/);
  });
}
