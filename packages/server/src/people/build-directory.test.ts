import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildDirectory } from './build-directory.ts';
import type { DirectoryConfig } from './directory.ts';

const instanceId = 'ssoins-7e57000000000001';

function build(change: Partial<DirectoryConfig> = {}, instance = instanceId) {
  const config: DirectoryConfig = {
    users: [{ userName: 'alice', passwordHash: '$argon2id$1' }, { userName: 'bob' }],
    groups: [{ name: 'developers', members: ['alice', 'bob'] }],
    accounts: [
      { id: '222222222222', name: 'Sandbox' },
      { id: '111111111111', name: 'Sandbox' },
      { id: '333333333333', name: 'Production', email: 'ops@example.com' },
    ],
    permissionSets: ['ReadOnly', 'Admin', 'Developer'].map((name) => ({
      name,
      sessionDurationSeconds: 3600,
    })),
    assignments: [],
    ...change,
  };
  const directory = buildDirectory(config, instance);
  const get = (userName: string) => directory.findUserByName(userName) ?? assert.fail(`no ${userName}`);
  const rolesOf = (userName: string) =>
    directory.accountsOf(get(userName)).map(({ id, roles }) => [id, ...roles.map(({ name }) => name)]);
  return { directory, get, rolesOf };
}

const toAlice = { users: ['alice'], groups: [], accounts: ['111111111111'], permissionSets: ['Admin'] };

test('a user is found by name, however it is typed, and by id', () => {
  const { directory, get } = build({ users: [{ userName: 'Zoe' }] });
  for (const typed of ['Zoe', 'zoe', 'ZOE', 'ｚｏｅ']) assert.equal(get(typed).userName, 'Zoe');
  assert.equal(directory.findUser(get('zoe').id)?.userName, 'Zoe');
  assert.equal(directory.findUserByName('zoë'), undefined);
  assert.equal(directory.findUser('zoe'), undefined);
});

test('a disabled user is not there', () => {
  const { directory } = build({ users: [{ userName: 'alice', disabled: true }], assignments: [toAlice] });
  assert.equal(directory.findUserByName('alice'), undefined);
});

test('a user keeps one id through restarts and changes of case, and has another elsewhere', () => {
  const { id } = build().get('alice');
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(build({ users: [{ userName: 'ALICE', email: 'a@example.com' }] }).get('alice').id, id);
  assert.notEqual(build({}, 'ssoins-7e57000000000002').get('alice').id, id);
  assert.notEqual(build().get('bob').id, id);
});

test('the version changes with the password, and with nothing else', () => {
  const version = (user: object) => build({ users: [{ userName: 'alice', ...user }] }).get('alice').version;
  assert.equal(
    version({ passwordHash: '$1' }),
    version({ passwordHash: '$1', displayName: 'A', email: 'a@b.example' }),
  );
  assert.notEqual(version({ passwordHash: '$1' }), version({ passwordHash: '$2' }));
  assert.notEqual(version({ passwordHash: '$1' }), version({}));
});

test('who has no display name is shown by user name', () => {
  assert.equal(build().get('alice').displayName, 'alice');
});

test('roles come from assignments to the user and to the groups of the user, each once', () => {
  const toDevelopers = {
    users: [],
    groups: ['developers'],
    accounts: ['111111111111', '333333333333'],
    permissionSets: ['ReadOnly', 'Admin'],
  };
  const { rolesOf } = build({ assignments: [toAlice, toDevelopers] });
  assert.deepEqual(rolesOf('alice'), [
    ['333333333333', 'Admin', 'ReadOnly'],
    ['111111111111', 'Admin', 'ReadOnly'],
  ]);
  assert.deepEqual(rolesOf('bob'), rolesOf('alice'));
});

test('names in groups and assignments are compared without regard to case, as at sign-in', () => {
  const { rolesOf } = build({
    groups: [{ name: 'developers', members: ['BOB'] }],
    assignments: [{ ...toAlice, users: ['ALICE'], groups: ['developers'] }],
  });
  assert.equal(rolesOf('alice').length, 1);
  assert.equal(rolesOf('bob').length, 1);
});

test('accounts are listed by name, then id, and only those with a role', () => {
  const everywhere = { ...toAlice, accounts: ['333333333333', '222222222222', '111111111111'] };
  const { rolesOf } = build({ assignments: [everywhere] });
  assert.deepEqual(
    rolesOf('alice').map(([id]) => id),
    ['333333333333', '111111111111', '222222222222'],
  );
  assert.deepEqual(rolesOf('bob'), []);
});
