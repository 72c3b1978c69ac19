import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameProfiles } from './aws-profiles.ts';

function account(id: string, name: string, ...roles: string[]) {
  return { id, name, roles: roles.map((role) => ({ name: role, sessionDurationSeconds: 3600 })) };
}

function names(...accounts: ReturnType<typeof account>[]): string[] {
  return nameProfiles(accounts).map((profile) => profile.name);
}

test('every role of every account has a profile that can be typed without quotes', () => {
  assert.deepEqual(nameProfiles([account('111122223333', 'Data & AI (Test)', 'ReadOnly', 'Admin')]), [
    { name: 'data-ai-test-ReadOnly', accountId: '111122223333', roleName: 'ReadOnly' },
    { name: 'data-ai-test-Admin', accountId: '111122223333', roleName: 'Admin' },
  ]);
});

test('profiles of accounts that share a name, or have none to type, go by the id', () => {
  assert.deepEqual(
    names(
      account('111111111111', 'Sandbox', 'R'),
      account('222222222222', 'sandbox', 'R'),
      account('333333333333', '開発', 'R'),
    ),
    ['111111111111-R', '222222222222-R', '333333333333-R'],
  );
});
