import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nameProfiles } from './profile-names.ts';
import { anyAccounts } from './testing/directories.ts';

function account(id: string, name: string, ...roles: string[]) {
  return { id, name, roles: roles.map((role) => ({ name: role, sessionDurationSeconds: 3600 })) };
}

function names(...accounts: ReturnType<typeof account>[]): string[] {
  return nameProfiles(accounts, '').map((profile) => profile.name);
}

test('a profile is called by the account, its id, the role and the instance', () => {
  assert.deepEqual(
    nameProfiles([account('111122223333', 'Data & AI (Test)', 'ReadOnly', 'Admin')], '@sso.example.com'),
    [
      {
        name: 'data-ai-test-111122223333.ReadOnly@sso.example.com',
        accountId: '111122223333',
        roleName: 'ReadOnly',
      },
      {
        name: 'data-ai-test-111122223333.Admin@sso.example.com',
        accountId: '111122223333',
        roleName: 'Admin',
      },
    ],
  );
});

test('accounts and roles whose names would read the same when joined have different profiles', () => {
  assert.deepEqual(
    names(
      account('111111111111', 'Data', 'platform-admin'),
      account('222222222222', 'Data Platform', 'admin'),
    ),
    ['data-111111111111.platform-admin', 'data-platform-222222222222.admin'],
  );
});

test('profiles of accounts that share a name differ by the id', () => {
  assert.deepEqual(names(account('111111111111', 'Sandbox', 'R'), account('222222222222', 'sandbox!', 'R')), [
    'sandbox-111111111111.R',
    'sandbox-222222222222.R',
  ]);
});

test('an account name without Latin letters or digits leaves the id, accents are left out, and full width is narrow', () => {
  assert.deepEqual(
    names(
      account('111111111111', '開発', 'R'),
      account('222222222222', 'بيانات', 'R'),
      account('333333333333', 'Données', 'R'),
      account('444444444444', 'ＤＡＴＡ', 'R'),
      account('555555555555', '...', 'R'),
    ),
    ['111111111111.R', '222222222222.R', 'donnees-333333333333.R', 'data-444444444444.R', '555555555555.R'],
  );
});

test('a long account name is cut after 32 characters, and not at a hyphen', () => {
  assert.deepEqual(names(account('111111111111', `${'a'.repeat(31)} ${'b'.repeat(90)}`, 'R')), [
    `${'a'.repeat(31)}-111111111111.R`,
  ]);
});

test('characters of a role name that some client or shell takes for its own are written in another way', () => {
  assert.deepEqual(names(account('111111111111', 'a', 'x=y,z@w.v+u_t-s')), [
    'a-111111111111.x:3dy:2cz@w.v+u_t-s',
  ]);
});

test('whatever accounts and roles are called, no two profiles have one name, case ignored, and none needs quotes', () => {
  fc.assert(
    fc.property(anyAccounts, (accounts) => {
      const all = nameProfiles(accounts, '@sso.example.com').map(({ name }) => name);
      assert.equal(new Set(all.map((name) => name.toLowerCase())).size, all.length, all.join('\n'));
      for (const name of all) assert.match(name, /^[a-z0-9][\w.@:+-]+$/);
    }),
  );
});

test('whatever is added to or taken from a directory, and in any order, a role keeps the name of its profile', () => {
  fc.assert(
    fc.property(
      anyAccounts.chain((accounts) => fc.tuple(fc.constant(accounts), fc.shuffledSubarray([...accounts]))),
      ([accounts, some]) => {
        const all = new Map(
          nameProfiles(accounts, '').map(({ name, accountId, roleName }) => [
            `${accountId} ${roleName}`,
            name,
          ]),
        );
        for (const { name, accountId, roleName } of nameProfiles(some, '')) {
          assert.equal(name, all.get(`${accountId} ${roleName}`));
        }
      },
    ),
  );
});
