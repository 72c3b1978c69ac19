import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAssignedAccounts } from './assigned-accounts.ts';

test('accounts and roles that anyone is assigned are listed once, in the order they are defined', () => {
  const permissionSets = ['Admin', 'ReadOnly', 'Unused'].map((name) => ({
    name,
    sessionDurationSeconds: 3600,
  }));
  const assignment = {
    users: ['alice'],
    groups: [],
    accounts: ['222222222222'],
    permissionSets: ['ReadOnly'],
  };
  const accounts = listAssignedAccounts({
    users: [{ userName: 'alice' }],
    groups: [],
    accounts: ['111111111111', '222222222222', '333333333333'].map((id) => ({ id, name: id })),
    permissionSets,
    assignments: [
      assignment,
      { ...assignment, accounts: ['222222222222', '111111111111'], permissionSets: ['ReadOnly', 'Admin'] },
    ],
  });
  assert.deepEqual(
    accounts.map(({ id, roles }) => [id, ...roles.map(({ name }) => name)]),
    [
      ['111111111111', 'Admin', 'ReadOnly'],
      ['222222222222', 'Admin', 'ReadOnly'],
    ],
  );
});
