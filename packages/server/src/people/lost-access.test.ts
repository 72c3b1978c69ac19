import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { lostAccess } from './lost-access.ts';

const account = { id: '111122223333', name: 'Sandbox' };
const role = { name: 'Developer', sessionDurationSeconds: 3600 };
const assigned = { accounts: [account.id], permissionSets: [role.name] };

function directory(change: Partial<DirectoryConfig> = {}): DirectoryConfig {
  return {
    users: [
      { userName: 'alice', passwordHash: 'hash 1' },
      { userName: 'bob' },
      { userName: 'carol' },
      { userName: 'gone', disabled: true },
    ],
    groups: [{ name: 'developers', members: ['Bob', 'gone'] }],
    accounts: [account],
    permissionSets: [role],
    assignments: [
      { users: ['ALICE'], groups: [], ...assigned },
      { users: [], groups: ['developers'], ...assigned },
    ],
    ...change,
  };
}

const [alice, bob, carol, gone] = directory().users;
const both = directory().assignments;

const changes: Readonly<Record<string, readonly [Partial<DirectoryConfig>, readonly string[]]>> = {
  'nothing changed': [{}, []],
  'a new user, name, email and group': [
    {
      users: [{ userName: 'dave' }, { ...alice!, displayName: 'A', email: 'a@example.com' }, bob!, carol!],
      groups: [...directory().groups, { name: 'others', members: [] }],
    },
    [],
  ],
  'a user enabled, and a first password': [
    { users: [alice!, { ...bob!, passwordHash: 'hash 2' }, carol!, { userName: 'gone' }] },
    [],
  ],
  'a user written in another case': [{ users: [{ ...alice!, userName: 'Alice' }, bob!, carol!] }, []],
  'a role taken where another is left': [
    { assignments: [...both, { users: ['bob'], groups: [], ...assigned }], groups: [] },
    [],
  ],
  'users removed': [{ users: [carol!, gone!] }, ['alice user', 'bob user']],
  'a user disabled': [{ users: [{ ...alice!, disabled: true }, bob!, carol!] }, ['alice user']],
  'a user renamed': [{ users: [{ ...alice!, userName: 'alicia' }, bob!, carol!] }, ['alice user']],
  'a password removed': [{ users: [{ userName: 'alice' }, bob!, carol!] }, ['alice password']],
  'another password': [{ users: [{ ...alice!, passwordHash: 'hash 2' }, bob!, carol!] }, ['alice password']],
  'a group without its members': [{ groups: [{ name: 'developers', members: [] }] }, ['bob roles']],
  'an assignment removed': [{ assignments: [both[1]!] }, ['alice roles']],
  'every assignment removed': [{ assignments: [] }, ['alice roles', 'bob roles']],
};

for (const [change, [after, expected]] of Object.entries(changes)) {
  test(`access that a change of the directory ends: ${change}`, () => {
    const lost = lostAccess(directory(), directory(after)).map((user) => `${user.userName} ${user.lost}`);
    assert.deepEqual(lost, expected);
  });
}
