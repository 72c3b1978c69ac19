import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findUnknownNames } from './unknown-names.ts';

test('groups and permission sets that the settings name and nobody made are found with their places, each asked for once', async () => {
  const asked: string[] = [];
  const unknown = await findUnknownNames(
    {
      deviceSignIn: { groups: ['Staff', 'Stuff'], sameNetwork: false },
      policy: [
        { groups: ['Staff'], factors: 'passkey' },
        { groups: ['Stuff', 'Staff'], permissionSets: ['Admin', 'Admn'], recentSignInSeconds: 60 },
      ],
    },
    async (kind, name) => {
      asked.push(`${kind} ${name}`);
      return name === 'Staff' || name === 'Admin';
    },
  );
  assert.deepEqual(
    unknown.map(({ path, message }) => `${path.join('.')}: ${message}`),
    [
      'deviceSignIn.groups.1: there is no group "Stuff", so nobody may sign in a device by it',
      'policy.1.groups.0: there is no group "Stuff", so the rule applies to nobody by it',
      'policy.1.permissionSets.1: there is no permission set "Admn", so the rule applies to nothing by it',
    ],
  );
  assert.deepEqual(asked, ['group Staff', 'group Stuff', 'permissionSet Admin', 'permissionSet Admn']);
});
