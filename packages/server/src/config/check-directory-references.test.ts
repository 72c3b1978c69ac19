import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn } from './testing/load-text.ts';

/** The problems of a file that adds to a valid directory. */
async function problemsBeside(text: string): Promise<string[]> {
  return problemsIn(
    `users: [{ userName: alice }]\naccounts: [{ id: "111111111111", name: One }]\npermissionSets: [{ name: Admin }]\n${text}`,
  );
}

test('a user, group, account or permission set that is defined twice is refused, whatever the case of its name', async () => {
  assert.deepEqual(await problemsBeside(`groups: [{ name: a }, { name: A }]`), [
    'latchkey.yaml:4:31: groups[1].name: group "a" is defined twice, first at groups[0].name',
  ]);
  const [user] = await problemsIn('users:\n  - userName: alice\n  - userName: ALICE\n');
  assert.equal(
    user,
    'latchkey.yaml:3:15: users[1].userName: user "alice" is defined twice, first at users[0].userName',
  );
  const [account] = await problemsIn(
    'accounts: [{id: "111111111111", name: A}, {id: "111111111111", name: B}]',
  );
  assert.match(account ?? '', /account "111111111111" is defined twice/);
  const [set] = await problemsIn('permissionSets: [{name: Admin}, {name: admin}]');
  assert.match(set ?? '', /permission set "Admin" is defined twice/);
});

test('a group or assignment that refers to something undefined is refused', async () => {
  const problems = await problemsBeside(`groups:
  - { name: developers, members: [alcie] }
assignments:
  - users: [bob]
    groups: [develpers]
    accounts: ["222222222222"]
    permissionSets: [Admin, Reader]
`);
  assert.deepEqual(problems, [
    'latchkey.yaml:5:35: groups[0].members[0]: there is no user "alcie"; did you mean "alice"?',
    'latchkey.yaml:7:13: assignments[0].users[0]: there is no user "bob"; known are alice',
    'latchkey.yaml:8:14: assignments[0].groups[0]: there is no group "develpers"; did you mean "developers"?',
    'latchkey.yaml:9:16: assignments[0].accounts[0]: there is no account "222222222222"; known are 111111111111',
    'latchkey.yaml:10:29: assignments[0].permissionSets[1]: there is no permission set "Reader"; known are Admin',
  ]);
});

test('an assignment without users and groups, without accounts or without permission sets is refused', async () => {
  assert.deepEqual(
    await problemsBeside('assignments:\n  - { accounts: ["111111111111"], permissionSets: [Admin] }\n'),
    ['latchkey.yaml:5:5: assignments[0]: names neither users nor groups'],
  );
  assert.deepEqual(await problemsBeside('assignments:\n  - { users: [alice], accounts: [] }\n'), [
    'latchkey.yaml:5:5: assignments[0]: "permissionSets" is missing',
    'latchkey.yaml:5:33: assignments[0].accounts: expected at least one account id, got an empty list',
  ]);
});
