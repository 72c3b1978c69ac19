import fc from 'fast-check';
import type { DirectoryReader, EntryKind } from '../../../store/port/directory.ts';
import type { Store } from '../../../store/store.ts';
import type { DirectoryConfig } from '../declaration.ts';

export const INSTANCE_ID = 'ssoins-7e57000000000001';

const users = ['ann', 'Bob', 'cid', 'dot'];
const groups = ['Admins', 'devs', 'ops'];
const accounts = ['111111111111', '222222222222'];
const sets = ['Admin', 'ReadOnly'];

const some = <Item>(items: readonly Item[]) => fc.subarray([...items]);

/** Small directories that have much in common: references are to what is declared. */
export const directories: fc.Arbitrary<DirectoryConfig> = fc
  .record({
    users: some(users),
    groups: some(groups),
    accounts: some(accounts),
    sets: some(sets),
    disabled: some(users),
    emails: some(users),
    hashes: fc.tuple(...users.map(() => fc.constantFrom(undefined, '$argon2id$one', '$argon2id$two'))),
    members: fc.tuple(...groups.map(() => some(users))),
    products: fc.array(
      fc.record({ users: some(users), groups: some(groups), accounts: some(accounts), sets: some(sets) }),
      {
        maxLength: 3,
      },
    ),
    durations: fc.tuple(...sets.map(() => fc.constantFrom(900, 3600))),
  })
  .map((made) => ({
    users: made.users.map((userName) => {
      const passwordHash = made.hashes[users.indexOf(userName)];
      return {
        userName,
        ...(made.emails.includes(userName) && { email: `${userName}@example.com` }),
        ...(passwordHash !== undefined && { passwordHash }),
        ...(made.disabled.includes(userName) && { disabled: true }),
      };
    }),
    groups: made.groups.map((name) => ({
      name,
      members: (made.members[groups.indexOf(name)] ?? []).filter((user) => made.users.includes(user)),
    })),
    accounts: made.accounts.map((id) => ({ id, name: `Account ${id}` })),
    permissionSets: made.sets.map((name) => ({
      name,
      sessionDurationSeconds: made.durations[sets.indexOf(name)] ?? 3600,
    })),
    assignments: made.products.map((product) => ({
      users: product.users.filter((each) => made.users.includes(each)),
      groups: product.groups.filter((each) => made.groups.includes(each)),
      accounts: product.accounts.filter((each) => made.accounts.includes(each)),
      permissionSets: product.sets.filter((each) => made.sets.includes(each)),
    })),
  }));

const kinds: readonly EntryKind[] = [
  ...(['user', 'group', 'membership', 'account', 'permissionSet', 'userAssignment'] as const),
  'groupAssignment',
];

/** Everything in a small directory but what counts changes, or is random. */
export async function contentOf(store: DirectoryReader): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {};
  for (const kind of kinds) {
    const entries = await store.listEntries(kind, { limit: 10_000 });
    content[kind] = entries.map((entry) => {
      const {
        revision: _,
        version: __,
        createdAtMs: ___,
        updatedAtMs: ____,
        ...rest
      } = entry as never as Record<string, unknown>;
      if (kind === 'membership') delete rest['id'];
      return rest;
    });
  }
  return content;
}

/** Who reaches which role in which account, and with which password. */
export async function accessIn(store: DirectoryReader): Promise<ReadonlySet<string>> {
  const access = new Set<string>();
  for (const { id, userName } of await store.listEntries('user', { limit: 1_000 })) {
    if ((await store.findUser(id)) === undefined) continue;
    const password = await store.findPasswordHash(id);
    access.add(`${userName} ${password}`);
    for (const account of await store.listAccounts(id, { limit: 1_000 })) {
      for (const role of await store.listRoles(id, account.id, { limit: 1_000 })) {
        access.add(`${userName} ${password} ${account.id} ${role.name}`);
      }
    }
  }
  return access;
}

/** A store that fails at a change, as a process that ends between two changes does; and how many it made. */
export function failing(store: Store, afterChanges: number) {
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
