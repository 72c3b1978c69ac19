import assert from 'node:assert/strict';
import type { DirectoryStep } from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import { findRole } from '../rows.ts';
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
  newUser,
  PRODUCTION,
  READ_ONLY,
  SANDBOX,
  someEntries,
  uuid,
} from './fixtures.ts';

const accountId = (number: number) => String(number).padStart(12, '0');

/** All accounts of a user, `limit` at a time. */
async function pageThrough(
  store: Store,
  userId: string,
  limit: number,
  matching?: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const after = ids.at(-1);
    const page = await store.listAccounts(userId, {
      limit,
      ...(after !== undefined && { after }),
      ...(matching !== undefined && { matching }),
    });
    ids.push(...page.map(({ id }) => id));
    if (page.length < limit) return ids;
  }
}

/** A user's accounts and roles: direct, through groups, and how they come about. */
export function directoryAccessConformance(testStore: StoreTest): void {
  testStore(
    'nothing is found by text with U+0000, which people can type and programs can send',
    async (store) => {
      await apply(store, 'file', someEntries);
      await apply(store, 'command', [assign({ userId: aliceId }, PRODUCTION, READ_ONLY)]);
      const text = 'a\0';
      assert.equal(await store.findUserByName(text), undefined);
      assert.deepEqual(await store.listAccounts(aliceId, { limit: 10, matching: text }), []);
      assert.deepEqual(await store.listAllAccounts(aliceId, { upTo: 10, matching: text }), []);
      assert.deepEqual(await store.listRoles(aliceId, text, { limit: 10 }), []);
      assert.equal(await findRole(store, aliceId, { accountId: PRODUCTION, roleName: text }), undefined);
      assert.deepEqual(await store.explainAccess(aliceId, PRODUCTION, text), []);
      for (const kind of ['user', 'group', 'account', 'permissionSet'] as const) {
        assert.equal(await store.findEntry(kind, { nameKey: text }), undefined);
      }
      assert.equal(await store.findExternalId('user', { issuer: text, id: text }), undefined);
    },
  );

  testStore(
    'a user has the accounts and roles that are assigned directly and through groups',
    async (store) => {
      await apply(store, 'file', someEntries);
      await apply(store, 'command', [
        { kind: 'addMembership', userId: aliceId, groupId: adminsId },
        assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
        assign({ groupId: adminsId }, PRODUCTION, READ_ONLY),
        assign({ groupId: adminsId }, PRODUCTION, ADMIN),
        assign({ groupId: adminsId }, SANDBOX, ADMIN),
        assign({ userId: bobId }, SANDBOX, READ_ONLY),
      ]);
      await apply(store, 'file', [
        { kind: 'changePermissionSet', id: ADMIN, values: { description: 'may do all' } },
        { kind: 'changeAccount', id: SANDBOX, values: { email: 's@example.com' } },
      ]);
      assert.deepEqual(await store.listAccounts(aliceId, { limit: 10 }), [
        { id: PRODUCTION, name: 'Production' },
        { id: SANDBOX, name: 'Sandbox', email: 's@example.com' },
      ]);
      const readOnly = { permissionSetId: READ_ONLY, name: 'ReadOnly', sessionDurationSeconds: 3600 };
      const admin = {
        ...{ permissionSetId: ADMIN, name: 'Admin', description: 'may do all', sessionDurationSeconds: 900 },
      };
      assert.deepEqual(await store.listRoles(aliceId, PRODUCTION, { limit: 10 }), [admin, readOnly]);
      assert.deepEqual(await store.listRoles(aliceId, PRODUCTION, { limit: 1 }), [admin]);
      assert.deepEqual(await store.listRoles(aliceId, PRODUCTION, { after: 'Admin', limit: 1 }), [readOnly]);
      assert.deepEqual(await findRole(store, aliceId, { accountId: PRODUCTION, roleName: 'Admin' }), admin);
      assert.deepEqual(
        await findRole(store, aliceId, { accountId: PRODUCTION, roleName: 'ReadOnly' }),
        readOnly,
      );
      assert.equal(
        await findRole(store, aliceId, { accountId: PRODUCTION, roleName: 'admin' }),
        undefined,
        'names are exact',
      );
      assert.equal(await findRole(store, bobId, { accountId: SANDBOX, roleName: 'Admin' }), undefined);
      assert.equal(await findRole(store, aliceId, { accountId: SANDBOX, roleName: 'ReadOnly' }), undefined);
      assert.deepEqual(await store.listRoles(bobId, PRODUCTION, { limit: 10 }), []);
      assert.deepEqual(
        (await store.listAccounts(bobId, { limit: 10 })).map(({ id }) => id),
        [SANDBOX],
      );
    },
  );

  testStore('every way to a role is explained, with the sources', async (store) => {
    await apply(store, 'file', someEntries);
    await apply(store, 'page', [
      { kind: 'addGroup', group: { id: uuid(7), name: 'Abc', externalIds: [] } },
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      { kind: 'addMembership', userId: aliceId, groupId: uuid(7) },
      { kind: 'addMembership', userId: bobId, groupId: adminsId },
    ]);
    await apply(store, 'command', [
      assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
      assign({ groupId: adminsId }, PRODUCTION, READ_ONLY),
      assign({ groupId: uuid(7) }, PRODUCTION, READ_ONLY),
      assign({ groupId: uuid(7) }, PRODUCTION, ADMIN),
    ]);
    const paths = await store.explainAccess(aliceId, PRODUCTION, 'ReadOnly');
    assert.deepEqual(
      paths.map(({ assignment, group, membership }) => [
        ...[assignment.source, 'userId' in assignment.principal],
        ...[group?.name, group?.source, membership?.source, membership?.userId],
      ]),
      [
        ['command', true, undefined, undefined, undefined, undefined],
        ['command', false, 'Abc', 'page', 'page', aliceId],
        ['command', false, 'admins', 'file', 'page', aliceId],
      ],
    );
    assert.equal((await store.explainAccess(bobId, PRODUCTION, 'ReadOnly')).length, 1);
    assert.deepEqual(await store.explainAccess(bobId, PRODUCTION, 'Admin'), []);
    assert.deepEqual(await store.explainAccess(aliceId, PRODUCTION, 'Nothing'), []);
  });

  testStore('accounts come in the order of their ids, each once, whatever the page', async (store) => {
    await apply(store, 'file', someEntries);
    const groups = Array.from({ length: 4 }, (_, index) => uuid(100 + index));
    const numbers = Array.from({ length: 30 }, (_, index) => index);
    await apply(store, 'file', [
      ...groups.map((id): DirectoryStep => ({ kind: 'addGroup', group: { id, name: id, externalIds: [] } })),
      ...groups.map((groupId): DirectoryStep => ({ kind: 'addMembership', userId: aliceId, groupId })),
      ...numbers.map(
        (n): DirectoryStep => ({ kind: 'addAccount', account: { id: accountId(n), name: `a${99 - n}` } }),
      ),
    ]);
    await apply(store, 'file', [
      ...numbers.filter((n) => n % 3 === 0).map((n) => assign({ userId: aliceId }, accountId(n), READ_ONLY)),
      ...numbers
        .filter((n) => n % 7 !== 1)
        .flatMap((n) => [
          assign({ groupId: groups[n % 4]! }, accountId(n), READ_ONLY),
          assign({ groupId: groups[(n * 5) % 4]! }, accountId(n), ADMIN),
        ]),
    ]);
    const expected = numbers.filter((n) => n % 3 === 0 || n % 7 !== 1).map(accountId);
    for (const limit of [1, 2, 7, 100]) assert.deepEqual(await pageThrough(store, aliceId, limit), expected);
    assert.deepEqual(await store.listAccounts(bobId, { limit: 100 }), []);
    const all = await store.listAccounts(aliceId, { limit: 100 });
    const count = expected.length;
    for (const upTo of [count, count + 1, 1000])
      assert.deepEqual(await store.listAllAccounts(aliceId, { upTo }), all);
    for (const upTo of [0, 1, count - 1])
      assert.equal(await store.listAllAccounts(aliceId, { upTo }), undefined);
    assert.deepEqual(await store.listAllAccounts(bobId, { upTo: 0 }), []);
  });

  testStore('accounts are searched by name, id and the names of the roles in them', async (store) => {
    await apply(store, 'file', someEntries);
    // More than are looked at in one stretch.
    const numbers = Array.from({ length: 450 }, (_, index) => index + 1);
    const named = (n: number) => (n % 100 === 0 ? `Payments ${n}` : `Account ${n}`);
    for (let from = 0; from < numbers.length; from += 50) {
      const some = numbers.slice(from, from + 50);
      await apply(store, 'file', [
        ...some.map(
          (n): DirectoryStep => ({ kind: 'addAccount', account: { id: accountId(n), name: named(n) } }),
        ),
        ...some.map((n) => assign({ groupId: adminsId }, accountId(n), n === 333 ? ADMIN : READ_ONLY)),
      ]);
    }
    await apply(store, 'file', [
      { kind: 'addMembership', userId: aliceId, groupId: adminsId },
      { kind: 'addAccount', account: { id: '900000000000', name: 'Payments of others' } },
      assign({ userId: bobId }, '900000000000', ADMIN),
    ]);
    const searches: readonly (readonly [string, readonly number[]])[] = [
      ['payments', [100, 200, 300, 400]],
      ['000000000045', [45]],
      ['admin', [333]],
      ['44', numbers.filter((n) => String(n).includes('44'))],
      ['readonly', numbers.filter((n) => n !== 333)],
      ['nothing', []],
      ['%', []],
    ];
    for (const [matching, found] of searches) {
      for (const limit of [3, 500]) {
        assert.deepEqual(await pageThrough(store, aliceId, limit, matching), found.map(accountId), matching);
      }
      const all = await store.listAllAccounts(aliceId, { upTo: found.length, matching });
      assert.deepEqual(
        all?.map(({ id }) => id),
        found.map(accountId),
        matching,
      );
      if (found.length === 0) continue;
      assert.equal(await store.listAllAccounts(aliceId, { upTo: found.length - 1, matching }), undefined);
    }
  });

  testStore('a role is lost with the membership, the assignment or the group that gave it', async (store) => {
    await apply(store, 'file', someEntries);
    const membership = { userId: aliceId, groupId: adminsId };
    const assignment = assign({ groupId: adminsId }, PRODUCTION, ADMIN);
    const has = async () =>
      (await findRole(store, aliceId, { accountId: PRODUCTION, roleName: 'Admin' })) !== undefined;
    await apply(store, 'file', [{ kind: 'addMembership', ...membership }, assignment]);
    assert.equal(await has(), true);
    await apply(store, 'file', [{ kind: 'removeMembership', ...membership }]);
    assert.equal(await has(), false);
    await apply(store, 'file', [{ kind: 'addMembership', ...membership }]);
    await apply(store, 'file', [{ ...assignment, kind: 'removeAssignment' } as DirectoryStep]);
    assert.equal(await has(), false);
    await apply(store, 'file', [assignment]);
    assert.equal(await has(), true);
    await apply(store, 'file', [{ kind: 'removeGroup', id: adminsId }]);
    assert.equal(await has(), false);
    assert.deepEqual(await store.listAccounts(aliceId, { limit: 10 }), []);
  });

  testStore(
    'a removal against an assignment at once: either the role is there, or what it needs is not',
    async (store) => {
      await apply(store, 'file', someEntries);
      const removals: readonly DirectoryStep[] = [
        { kind: 'removeAccount', id: PRODUCTION },
        { kind: 'removePermissionSet', id: ADMIN },
        { kind: 'removeGroup', id: adminsId },
        { kind: 'removeUser', id: bobId },
      ];
      for (const [index, removal] of removals.entries()) {
        await apply(store, 'command', [{ kind: 'addAccount', account: { id: accountId(index), name: 'x' } }]);
        const additions: readonly DirectoryStep[] = [
          assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
          assign({ userId: aliceId }, accountId(0), ADMIN),
          assign({ groupId: adminsId }, accountId(0), READ_ONLY),
          assign({ userId: bobId }, accountId(0), READ_ONLY),
        ];
        const [removed, added] = await Promise.all([
          conflictOf(store, 'file', removal),
          conflictOf(store, 'page', additions[index]!),
        ]);
        assert.equal(removed, undefined, 'asked for first');
        assert.equal(added?.kind, 'missing');
      }
      await apply(store, 'file', [{ kind: 'addUser', user: newUser('bob', { id: uuid(9) }) }]);
      const [added, removed] = await Promise.all([
        conflictOf(store, 'page', assign({ userId: uuid(9) }, SANDBOX, READ_ONLY)),
        conflictOf(store, 'file', { kind: 'removeAccount', id: SANDBOX }),
      ]);
      assert.equal(added, undefined, 'asked for first');
      assert.equal(removed?.kind, 'referredTo');
      assert.equal(
        await did(store, 'page', {
          kind: 'removeAssignment',
          principal: { userId: uuid(9) },
          accountId: SANDBOX,
          permissionSetId: READ_ONLY,
        }),
        'removed',
      );
      assert.equal(await did(store, 'file', { kind: 'removeAccount', id: SANDBOX }), 'removed');
    },
  );
}
