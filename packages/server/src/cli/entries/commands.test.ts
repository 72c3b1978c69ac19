import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { startLatchkey } from '../../fixtures/start-latchkey.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { apply, newUser, uuid } from '../../store/testing/directory/fixtures.ts';
import { makeFolder, runLatchkey } from '../testing/child-process.ts';

/** An instance with people of an identity provider, which nothing but commands changes: it has no configuration file. */
const folder = makeFolder();
const dataDir = path.join(folder, '.latchkey');
const options = { dataDir, users: [], accounts: [], permissionSets: [] };
const first = await startLatchkey(options);
await first.close();
const store = openSqliteStore(path.join(dataDir, 'latchkey.db'));
await apply(store, 'provider:https://idp.example.com', [
  { kind: 'addUser', user: newUser('erin', { id: uuid(1), displayName: 'Erin 🗝️' }) },
  { kind: 'addGroup', group: { id: uuid(2), name: 'On Call', externalIds: [] } },
  { kind: 'addMembership', userId: uuid(1), groupId: uuid(2) },
]);
await store.close();
const server = await startLatchkey(options);
after(() => server.close());

/** Runs a command that succeeds. @returns standard output */
async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runLatchkey(folder, args, { input: 'correct horse battery\n' });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
  return stdout;
}

/** Runs a command that fails. @returns standard error */
async function fails(code: number, ...args: string[]): Promise<string> {
  const result = await runLatchkey(folder, args, { input: 'correct horse battery\n' });
  assert.deepEqual({ code: result.code, stdout: result.stdout }, { code, stdout: '' }, args.join(' '));
  return result.stderr;
}

test('commands add people, groups, accounts, permission sets and assignments to a running server', async () => {
  assert.equal(
    await ok('group', 'add', 'developers', '--description', 'All'),
    'Added the group developers\n',
  );
  const added = await Promise.all([
    ok('user', 'add', 'alice', '--email', 'a@example.com', '--group', 'developers'),
    ok('account', 'add', '111122223333', '--name', 'Development'),
    ok('permission-set', 'add', 'ReadOnly', '--session-duration', '4h', '--json'),
  ]);
  assert.deepEqual(added.slice(0, 2), [
    'Added alice to the store\n',
    'Added the account 111122223333 (Development)\n',
  ]);
  assert.match(added[2], /^\{"id":"ps-[\da-f]{16}","name":"ReadOnly"\}\n$/);
  const assigned = await ok(
    ...['assign', 'add', '--group', 'Developers', '--account', 'development', '--permission-set', 'readonly'],
  );
  assert.equal(assigned, 'Assigned ReadOnly in 111122223333 (Development) to the group developers\n');
  assert.match(readFileSync(path.join(dataDir, 'latchkey.db'), 'latin1'), /^SQLite format 3/);
});

test('lists show every source, and go on after the last name that was shown', async () => {
  const users = await ok('user', 'list');
  assert.equal(
    users,
    `USER   NAME    EMAIL          GROUPS      STATE        SOURCE
alice  alice   a@example.com  developers  enabled      command
erin   Erin 🗝️                 On Call     no password  provider:https://idp.example.com
`,
  );
  const page = await runLatchkey(folder, ['group', 'list', '--limit', '1']);
  assert.equal(page.stdout, 'GROUP       DESCRIPTION  SOURCE\ndevelopers  All          command\n');
  assert.equal(page.stderr, "There is more: --after 'developers'\n");
  const rest = await ok('group', 'list', '--limit', '1', '--after', 'developers', '--json');
  assert.deepEqual(
    JSON.parse(rest).map(({ name, source }: { name: string; source: string }) => [name, source]),
    [['On Call', 'provider:https://idp.example.com']],
  );
  assert.equal(await ok('assign', 'list', '--user', 'alice', '--json'), '[]\n');
});

test('why explains a role through a group, and what to do where it is not assigned', async () => {
  assert.equal(
    await ok('why', 'alice', 'Development', 'ReadOnly'),
    `alice has ReadOnly in 111122223333 (Development):
  assigned to the group developers, by a command
    alice is a member of developers, by a command
`,
  );
  const none = await runLatchkey(folder, ['why', 'erin', '111122223333', 'ReadOnly']);
  assert.deepEqual(none, {
    code: 1,
    stderr: '',
    stdout: `erin does not have ReadOnly in 111122223333 (Development): it is not assigned
  The group developers has it: latchkey group add-member developers erin
  To assign it: latchkey assign add --user erin --account 111122223333 --permission-set ReadOnly
`,
  });
  const unknown = await runLatchkey(folder, ['why', 'alise', 'Developmnt', 'ReadOnyl', '--json']);
  assert.equal(unknown.code, 1);
  assert.deepEqual(JSON.parse(unknown.stdout), {
    ...{ hasAccess: false, missing: ['user', 'account', 'permissionSet'], paths: [] },
  });
});

test('a membership of one source in a group of another is explained with both sources', async () => {
  await ok(
    'assign',
    'add',
    '--group',
    'On Call',
    '--account',
    '111122223333',
    '--permission-set',
    'ReadOnly',
  );
  assert.equal(
    await ok('why', 'erin', '111122223333', 'readonly'),
    `erin has ReadOnly in 111122223333 (Development):
  assigned to the group On Call, by a command
    erin is a member of On Call, by the identity provider https://idp.example.com
`,
  );
});

test('a person of any source is blocked, unblocked and signed out, and why says so', async () => {
  assert.equal(await ok('user', 'block', 'ERIN'), 'Blocked erin\n');
  assert.equal(await ok('user', 'block', 'erin'), 'erin is blocked already\n');
  const { code, stdout } = await runLatchkey(folder, ['why', 'erin', '111122223333', 'ReadOnly']);
  assert.equal(code, 1);
  assert.match(stdout, /^erin is assigned ReadOnly/);
  assert.match(stdout, /\nerin is blocked, by command:\S+ since 20\S+Z: latchkey user unblock erin\n$/);
  assert.equal(await ok('user', 'unblock', 'erin'), 'Unblocked erin\n');
  assert.match(await ok('user', 'sign-out', 'erin', '--json'), /"did":"changed"/);
});

test('what a person signs in with is shown, and removed by a command, once', async () => {
  const showErin = async () => JSON.parse(await ok('user', 'show', 'erin', '--json'));
  const { id, factors: before } = await showErin();
  assert.deepEqual(before, []);
  const other = openSqliteStore(path.join(dataDir, 'latchkey.db'));
  const factor = {
    id: randomUUID(),
    kind: 'passkey',
    name: 'Laptop',
    createdAtMs: 0,
    lastUsedAtMs: null,
  } as const;
  const credential = { credentialId: randomBytes(16), publicKey: randomBytes(77), transports: '' };
  await other.factors.addFactor(id, { ...factor, ...credential, counter: 0 }, 20);
  await other.factors.replaceRecoveryCodes(id, [randomBytes(32)], 1);
  await other.close();
  const { factors, recoveryCodesLeft } = await showErin();
  const createdAt = '1970-01-01T00:00:00.000Z';
  assert.deepEqual(factors, [{ id: factor.id, kind: 'passkey', name: 'Laptop', createdAt }]);
  assert.equal(recoveryCodesLeft, 1);
  assert.match(await ok('user', 'show', 'erin'), /passkey "Laptop" \(created 1970-\S+, last used never\)/);
  assert.equal(await ok('user', 'reset-factors', 'erin'), 'Removed the factors of erin\n');
  assert.equal(await ok('user', 'reset-factors', 'erin'), 'erin has no passkey, app or recovery code\n');
  assert.deepEqual((await showErin()).factors, []);
});

test('what another source owns is not changed, and the owner is named with what to do', async () => {
  const [removed, changed, disabled] = await Promise.all([
    fails(1, 'user', 'remove', 'erin'),
    fails(1, 'group', 'change', 'On Call', '--name', 'x'),
    fails(1, 'user', 'disable', 'erin'),
  ]);
  const owner = 'was made by the identity provider https://idp.example.com: only there can it be changed';
  assert.equal(
    removed,
    `User "erin" ${owner}. To end the access of this person whatever the source says: \`latchkey user block erin\`\n`,
  );
  assert.equal(changed, `Group "On Call" ${owner}\n`);
  assert.match(disabled, /latchkey user block erin/);
});

test('names that are taken, unknown or no names are refused, and nothing is changed', async () => {
  const refusals: [number, string[], RegExp][] = [
    [1, ['user', 'add', 'ALICE'], /^There is a user "ALICE" already, from a command\n$/],
    [
      1,
      ['group', 'add', 'Developers'],
      /^There is a group "developers" already, which was made by a command\n$/,
    ],
    [
      1,
      ['group', 'add-member', 'developer', 'alice'],
      /^There is no group "developer"; did you mean "developers"\?\n$/,
    ],
    [1, ['group', 'remove-member', 'On Call', 'alice'], /no member/],
    [2, ['account', 'add', '1', '--name', 'x'], /^<account>: expected an account id, 12 digits/],
    [
      2,
      ['permission-set', 'add', 'a', '--session-duration', '1d'],
      /^--session-duration: expected a duration from 15m/,
    ],
    [
      2,
      ['user', 'change', 'alice'],
      /^Nothing was asked for: give at least one of --display-name, --email\n$/,
    ],
    [2, ['group', 'list', '--limit', '0'], /Expected a whole number from 1/],
    [
      2,
      ['assign', 'add', '--account', 'x', '--permission-set', 'y'],
      /--user <name>' and '--group <name>' is needed/,
    ],
  ];
  await Promise.all(
    refusals.map(async ([code, args, expected]) => assert.match(await fails(code, ...args), expected)),
  );
});

test('commands change, rename and show a person, and set a password', async () => {
  await ok('user', 'change', 'alice', '--display-name', 'Alice', '--email', '');
  assert.equal(await ok('user', 'rename', 'alice', 'alice.example'), 'Renamed alice to alice.example\n');
  assert.equal(await ok('user', 'passwd', 'alice.example'), 'Changed the password of alice.example\n');
  assert.equal(await ok('user', 'disable', 'alice.example'), 'Disabled alice.example\n');
  const shown = JSON.parse(await ok('user', 'show', 'alice.example', '--json'));
  const { id, createdAt, updatedAt, revision, ...rest } = shown;
  assert.match(id, /^[\da-f-]{36}$/);
  assert.ok(Date.parse(createdAt) <= Date.parse(updatedAt) && revision > 1);
  assert.deepEqual(rest, {
    ...{
      userName: 'alice.example',
      displayName: 'Alice',
      emails: [],
      externalIds: [],
      groups: ['developers'],
    },
    ...{ state: 'disabled', source: 'command', passwordSetBy: 'command', factors: [], recoveryCodesLeft: 0 },
  });
  await ok('user', 'enable', 'alice.example');
  assert.match(await ok('permission-set', 'show', 'readonly'), /^session duration +4h$/m);
});

test('members are added and removed by name, all or none', async () => {
  const added = await ok('group', 'add-member', 'developers', 'erin', 'alice.example');
  assert.equal(added, 'erin is a member of developers\nalice.example is a member of developers already\n');
  const members = JSON.parse(await ok('group', 'list-members', 'developers', '--json'));
  assert.deepEqual(members.map(({ userName }: { userName: string }) => userName).toSorted(), [
    'alice.example',
    'erin',
  ]);
  await fails(1, 'group', 'remove-member', 'developers', 'erin', 'nobody');
  assert.equal(JSON.parse(await ok('group', 'list-members', 'developers', '--json')).length, 2);
  assert.equal(
    await ok('group', 'remove-member', 'developers', 'erin'),
    'erin is no member of developers any more\n',
  );
});

test('entries are changed and removed, with what commands have assigned', async () => {
  await ok('account', 'change', 'Development', '--name', 'Dev', '--email', 'aws@example.com');
  await ok('permission-set', 'change', 'ReadOnly', '--name', 'Read', '--description', 'Look');
  await ok('group', 'change', 'developers', '--name', 'engineers', '--description', '');
  const list = await ok('assign', 'list', '--account', 'Dev');
  assert.match(list, /^group {2}engineers {2}111122223333 {2}Dev {11}Read {12}command$/m);
  const show = ['--group', 'engineers', '--account', 'Dev', '--permission-set', 'Read'];
  assert.match(await ok('assign', 'show', ...show), /, by a command\n$/);
  assert.match(await ok('assign', 'remove', ...show), /^No longer assigned: Read in 111122223333/);
  assert.match(await fails(1, 'assign', 'show', ...show), /^Not assigned: Read/);
  assert.equal(await ok('permission-set', 'remove', 'Read'), 'Removed the permission set Read\n');
  assert.equal(await ok('account', 'remove', 'Dev'), 'Removed the account 111122223333\n');
  assert.equal(await ok('group', 'remove', 'engineers'), 'Removed the group engineers\n');
  assert.equal(await ok('user', 'remove', 'alice.example'), 'Removed the user alice.example\n');
  assert.equal(await ok('assign', 'list', '--json'), '[]\n');
});
