import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { buildDirectory } from './build-directory.ts';

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
  const get = async (key: string) => (await directory.findUserByName(key)) ?? assert.fail(`no ${key}`);
  const rolesOf = async (key: string) => {
    const { id: userId } = await get(key);
    const accounts = await directory.listAccounts(userId, { limit: 100 });
    return Promise.all(
      accounts.map(async ({ id }) => {
        const roles = await directory.listRoles(userId, id, { limit: 100 });
        return [id, ...roles.map(({ name }) => name)];
      }),
    );
  };
  return { directory, get, rolesOf };
}

const toAlice = { users: ['alice'], groups: [], accounts: ['111111111111'], permissionSets: ['Admin'] };
const everywhere = { ...toAlice, accounts: ['333333333333', '222222222222', '111111111111'] };

test('a user is found by name key and by id', async () => {
  const { directory, get } = build({ users: [{ userName: 'Zoe' }] });
  const { id } = await get('zoe');
  assert.equal((await directory.findUser(id))?.userName, 'Zoe');
  assert.equal(await directory.findUserByName('zoë'), undefined);
  assert.equal(await directory.findUser('zoe'), undefined);
});

test('a disabled user is not there', async () => {
  const { directory } = build({ users: [{ userName: 'alice', disabled: true }], assignments: [toAlice] });
  assert.equal(await directory.findUserByName('alice'), undefined);
});

test('a user keeps one id through restarts and changes of case, and has another elsewhere', async () => {
  const { id } = await build().get('alice');
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal((await build({ users: [{ userName: 'ALICE', email: 'a@b.example' }] }).get('alice')).id, id);
  assert.notEqual((await build({}, 'ssoins-7e57000000000002').get('alice')).id, id);
  assert.notEqual((await build().get('bob')).id, id);
});

test('the version changes with the password, and with nothing else', async () => {
  const version = async (user: object) =>
    (await build({ users: [{ userName: 'alice', ...user }] }).get('alice')).version;
  const one = await version({ passwordHash: '$1' });
  assert.equal(await version({ passwordHash: '$1', displayName: 'A', email: 'a@b.example' }), one);
  assert.notEqual(await version({ passwordHash: '$2' }), one);
  assert.notEqual(await version({}), one);
});

test('who has no display name is shown by user name', async () => {
  assert.equal((await build().get('alice')).displayName, 'alice');
});

test('roles come from assignments to the user and to the groups of the user, each once, by name', async () => {
  const toDevelopers = {
    users: [],
    groups: ['developers'],
    accounts: ['333333333333', '111111111111'],
    permissionSets: ['ReadOnly', 'Admin'],
  };
  const { rolesOf } = build({ assignments: [toAlice, toDevelopers] });
  assert.deepEqual(await rolesOf('alice'), [
    ['111111111111', 'Admin', 'ReadOnly'],
    ['333333333333', 'Admin', 'ReadOnly'],
  ]);
  assert.deepEqual(await rolesOf('bob'), await rolesOf('alice'));
});

test('names in groups and assignments are compared without regard to case, as at sign-in', async () => {
  const { rolesOf } = build({
    groups: [{ name: 'developers', members: ['BOB'] }],
    assignments: [{ ...toAlice, users: ['ALICE'], groups: ['developers'] }],
  });
  assert.equal((await rolesOf('alice')).length, 1);
  assert.equal((await rolesOf('bob')).length, 1);
});

test('accounts are listed by id, and only those with a role', async () => {
  const { rolesOf } = build({ assignments: [everywhere] });
  assert.deepEqual(
    (await rolesOf('alice')).map(([id]) => id),
    ['111111111111', '222222222222', '333333333333'],
  );
  assert.deepEqual(await rolesOf('bob'), []);
});

test('a page of accounts or roles begins after a key, and is no longer than asked for', async () => {
  const all = { ...everywhere, permissionSets: ['ReadOnly', 'Admin', 'Developer'] };
  const { directory, get } = build({ assignments: [all] });
  const { id: userId } = await get('alice');
  const accounts = await directory.listAccounts(userId, { after: '111111111111', limit: 1 });
  assert.deepEqual(accounts, [{ id: '222222222222', name: 'Sandbox' }]);
  const roles = await directory.listRoles(userId, '111111111111', { after: 'Admin', limit: 1 });
  assert.deepEqual(
    roles.map(({ name }) => name),
    ['Developer'],
  );
  assert.deepEqual(await directory.listRoles(userId, '999999999999', { limit: 1 }), []);
});

test('accounts are searched by their names and ids, and by the roles that the user has in them', async () => {
  const { directory, get } = build({
    assignments: [everywhere, { ...toAlice, permissionSets: ['Developer'] }],
  });
  const { id: userId } = await get('alice');
  const found = async (matching: string) =>
    (await directory.listAccounts(userId, { matching, limit: 100 })).map(({ id }) => id);
  assert.deepEqual(await found('sand'), ['111111111111', '222222222222']);
  assert.deepEqual(await found('3333'), ['333333333333']);
  assert.deepEqual(await found('devel'), ['111111111111']);
  assert.deepEqual(await found('readonly'), []);
});

test('a role is found where it is assigned to the user, by name or through a group, and nowhere else', async () => {
  const { directory, get } = build({
    groups: [{ name: 'readers', members: ['alice'] }],
    assignments: [
      toAlice,
      { users: [], groups: ['readers'], accounts: ['333333333333'], permissionSets: ['ReadOnly'] },
    ],
  });
  const find = async (userName: string, accountId: string, roleName: string) =>
    (await directory.findAssignedRole((await get(userName)).id, accountId, roleName))?.name;
  assert.equal(await find('alice', '111111111111', 'Admin'), 'Admin');
  assert.equal(await find('alice', '333333333333', 'ReadOnly'), 'ReadOnly');
  assert.equal(await find('alice', '333333333333', 'Admin'), undefined);
  assert.equal(await find('alice', '111111111111', 'ReadOnly'), undefined);
  assert.equal(await find('alice', '111111111111', 'admin'), undefined, 'role names have case');
  assert.equal(await find('alice', '999999999999', 'Admin'), undefined);
  assert.equal(await find('bob', '111111111111', 'Admin'), undefined);
});
