import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestContext } from '../fixtures/test-context.ts';
import { findAssignedRole } from './assigned-role.ts';

const accountId = '000011112222';

test('a role is found where it is assigned to the user, by name or through a group, and nowhere else', async () => {
  const context = await createTestContext({
    users: [{ userName: 'alice' }, { userName: 'bob' }],
    groups: [{ name: 'readers', members: ['alice'] }],
    accounts: [
      { id: accountId, name: 'Sandbox' },
      { id: '333344445555', name: 'Production' },
    ],
    permissionSets: [{ name: 'Developer' }, { name: 'ReadOnly' }],
    assignments: [
      { users: ['alice'], accounts: [accountId], permissionSets: ['Developer'] },
      { groups: ['readers'], accounts: ['333344445555'], permissionSets: ['ReadOnly'] },
    ],
  });
  const alice = context.directory.findUserByName('alice');
  const bob = context.directory.findUserByName('bob');
  assert.ok(alice && bob);
  const find = (user: typeof alice, account: string, roleName: string) =>
    findAssignedRole(context, user, { accountId: account, roleName })?.name;
  assert.equal(find(alice, accountId, 'Developer'), 'Developer');
  assert.equal(find(alice, '333344445555', 'ReadOnly'), 'ReadOnly');
  assert.equal(find(alice, '333344445555', 'Developer'), undefined);
  assert.equal(find(alice, accountId, 'ReadOnly'), undefined);
  assert.equal(find(alice, accountId, 'developer'), undefined, 'role names have case');
  assert.equal(find(alice, '999999999999', 'Developer'), undefined);
  assert.equal(find(bob, accountId, 'Developer'), undefined);
});
