import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { listAccountsByName, MAX_SORTED_ACCOUNTS, readAccountsWithRoles } from './accounts-of-user.ts';

const page = { after: '000000000000', limit: 2 };
const idOf = (index: number) => String(index).padStart(12, '0');

/** Alice's directory; each account is called by a number that falls as its id rises. */
async function directoryWith({ accounts, roles = 1 }: { accounts: number; roles?: number }) {
  const { directory } = await createTestContext({
    accounts: Array.from({ length: accounts }, (_, index) => ({
      id: idOf(index),
      name: `Account ${accounts - index}`,
    })),
    permissionSets: Array.from({ length: roles }, (_, index) => ({ name: `Role-${idOf(index)}` })),
  });
  const alice = await directory.findUserByName('alice');
  assert.ok(alice);
  return { directory, userId: alice.id };
}

test('accounts are listed by name, and a number in a name counts as a number', async () => {
  const { directory, userId } = await directoryWith({ accounts: 12 });
  const { accounts, areTooMany } = await listAccountsByName(directory, userId, { locale: 'en', page });
  assert.equal(areTooMany, false);
  assert.deepEqual(
    accounts.map(({ name }) => name),
    Array.from({ length: 12 }, (_, index) => `Account ${index + 1}`),
  );
});

test('accounts of the same name are listed by id', async () => {
  const ids = ['222222222222', '111111111111', '333333333333'];
  const { directory } = await createTestContext({ accounts: ids.map((id) => ({ id, name: 'Sandbox' })) });
  const alice = await directory.findUserByName('alice');
  assert.ok(alice);
  const { accounts } = await listAccountsByName(directory, alice.id, { locale: 'en', page });
  assert.deepEqual(
    accounts.map(({ id }) => id),
    ids.toSorted(),
  );
});

test('of more accounts than are sorted, a page is listed by id, and a search still finds the others', async () => {
  const { directory, userId } = await directoryWith({ accounts: MAX_SORTED_ACCOUNTS + 1 });
  const { accounts, areTooMany } = await listAccountsByName(directory, userId, { locale: 'en', page });
  assert.equal(areTooMany, true);
  assert.deepEqual(
    accounts.map(({ id }) => id),
    [idOf(1), idOf(2)],
  );
  const found = await listAccountsByName(directory, userId, {
    ...{ locale: 'en', page },
    matching: idOf(MAX_SORTED_ACCOUNTS),
  });
  assert.deepEqual(found, {
    accounts: [{ id: idOf(MAX_SORTED_ACCOUNTS), name: 'Account 1' }],
    areTooMany: false,
  });
});

test('all accounts are read by id with all their roles, also when there are several pages of both', async () => {
  const { directory, userId } = await directoryWith({ accounts: 201, roles: 200 });
  const all = await Array.fromAsync(readAccountsWithRoles(directory, userId));
  assert.deepEqual(
    all.map(({ id }) => id),
    Array.from({ length: 201 }, (_, index) => idOf(index)),
  );
  for (const { roles } of all) {
    assert.deepEqual(
      roles.map(({ name }) => name),
      Array.from({ length: 200 }, (_, index) => `Role-${idOf(index)}`),
    );
  }
});
