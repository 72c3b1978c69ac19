import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import type { DirectoryStep } from '../../store/port/directory-change.ts';
import { entryKey } from '../../store/port/entry-key.ts';
import {
  ADMIN,
  adminsId,
  aliceId,
  apply,
  assign,
  bobId,
  newUser,
  PRODUCTION,
  READ_ONLY,
  SANDBOX,
  someEntries,
  uuid,
} from '../../store/testing/directory/fixtures.ts';
import { emptyInstance } from '../../transfer/testing/directories.ts';
import { change } from './change.ts';
import { locateDeclaration } from './locate-declaration.ts';

const folder = temporaryFolder();
after(() => folder[Symbol.dispose]());
const configFile = path.join(folder.path, 'latchkey.yaml');
writeFileSync(
  configFile,
  `users:
  - userName: bob
  - email: a@example.com
    userName: Alice
groups:
  - name: admins
    members:
      - bob
      - alice
accounts:
  - { id: "${SANDBOX}", name: Sandbox }
  - { id: "${PRODUCTION}", name: Production }
permissionSets:
  - { name: ReadOnly }
  - { name: Admin }
assignments:
  - { users: [bob], accounts: ["${PRODUCTION}"], permissionSets: [ReadOnly] }
  - groups: [admins]
    accounts: ["${PRODUCTION}"]
    permissionSets: [Admin, ReadOnly]
`,
);

const instance = emptyInstance('ssoins-7e57000000000001', configFile);
after(() => instance.store.close());
const { store, directory } = instance;
await apply(store, 'file', [
  ...someEntries,
  { kind: 'addMembership', userId: aliceId, groupId: adminsId },
  assign({ groupId: adminsId }, PRODUCTION, READ_ONLY),
  { kind: 'setPassword', userId: aliceId, hash: '$argon2id$1' },
]);
await apply(store, 'provisioning:okta', [
  {
    kind: 'addUser',
    user: newUser('carol', { id: uuid(3), externalIds: [{ issuer: 'https://okta', id: 'x' }] }),
  },
]);
await apply(store, 'command', [
  { kind: 'addGroup', group: { id: uuid(4), name: 'own', externalIds: [] } },
  { kind: 'addUser', user: newUser('dave', { id: uuid(5) }) },
  { kind: 'addUser', user: newUser('gone', { id: uuid(6) }) },
  { kind: 'removeUser', id: uuid(6) },
]);
await apply(store, 'provisioning:okta', [{ kind: 'addMembership', userId: uuid(3), groupId: uuid(4) }]);

const at = (line: number) => `${configFile}:${line}`;

test('the place where the file declares an entry, a membership or an assignment is found as the file is now', async () => {
  const membership = entryKey('membership', { userId: aliceId, groupId: adminsId });
  const assignment = entryKey('groupAssignment', {
    ...{ principal: { groupId: adminsId }, accountId: PRODUCTION, permissionSetId: READ_ONLY },
  });
  const places = await Promise.all([
    locateDeclaration(directory, { kind: 'user', id: aliceId, name: 'alice' }),
    locateDeclaration(directory, { kind: 'group', id: adminsId, name: 'admins' }),
    locateDeclaration(directory, { kind: 'account', id: PRODUCTION }),
    locateDeclaration(directory, { kind: 'permissionSet', id: ADMIN, name: 'Admin' }),
    locateDeclaration(directory, { kind: 'membership', id: membership }),
    locateDeclaration(directory, { kind: 'groupAssignment', id: assignment }),
    locateDeclaration(directory, { kind: 'user', id: uuid(9), name: 'nobody' }),
  ]);
  assert.deepEqual(places, [at(4), at(6), at(12), at(15), at(9), at(18), configFile]);
});

const refusals: readonly (readonly [what: string, step: DirectoryStep, expected: string])[] = [
  [
    'an entry of the file',
    { kind: 'removeUser', id: aliceId },
    `User "alice" is declared in ${at(4)}: only there can it be changed. To end the access of this person whatever the source says: \`latchkey user block alice\``,
  ],
  [
    'an entry of another source',
    { kind: 'changeUser', id: uuid(3), values: { displayName: 'C' } },
    'User "carol" was made by provisioning (okta): only there can it be changed',
  ],
  [
    'a password of the file',
    { kind: 'setPassword', userId: aliceId, hash: '$argon2id$2' },
    `The password of user "alice" is declared in ${at(4)}: only there can it be changed`,
  ],
  [
    'a name that is taken',
    { kind: 'addGroup', group: { name: 'ADMINS', externalIds: [] } },
    `There is a group "admins" already, which is declared in ${at(6)}`,
  ],
  [
    'an account that is there',
    { kind: 'addAccount', account: { id: SANDBOX, name: 'x' } },
    `The id is taken: it is that of the account "Sandbox", which is declared in ${at(11)}`,
  ],
  [
    'an external id that is taken',
    {
      kind: 'changeUser',
      id: uuid(5),
      values: { externalIds: [{ issuer: 'https://okta', id: 'x' }] },
    },
    'The external id is taken: it is that of the user "carol", which was made by provisioning (okta)',
  ],
  [
    'an id that was removed',
    { kind: 'addUser', user: newUser('new', { id: uuid(6) }) },
    `The id ${uuid(6)} was that of an entry that was removed, and no id is given twice: leave the id out, and a new one is made`,
  ],
  [
    'an entry that another source refers to',
    { kind: 'removeGroup', id: uuid(4) },
    'Group "own" cannot be removed, because entries of other sources refer to it: the membership of carol in own, which was made by provisioning (okta). Remove these where they come from first',
  ],
  [
    'an entry that is not there',
    { kind: 'removeUser', id: uuid(7) },
    `There is no user ${uuid(7)} any more: \`latchkey user list\` lists what there is`,
  ],
  [
    'a membership that is not there',
    { kind: 'removeMembership', userId: bobId, groupId: uuid(4) },
    'There is no such membership: the person is no member of the group',
  ],
  [
    'an assignment that is not there',
    { kind: 'removeAssignment', principal: { userId: bobId }, accountId: SANDBOX, permissionSetId: ADMIN },
    'There is no such assignment: `latchkey assign list` lists what there is',
  ],
  [
    'an entry that was changed meanwhile',
    { kind: 'changeUser', id: uuid(5), ifRevision: 9, values: { displayName: 'D' } },
    'The entry was changed by somebody else meanwhile; nothing was changed. Look at it, and try again',
  ],
];

for (const [what, step, expected] of refusals) {
  test(`a command that meets ${what} says so, whose it is, and what to do`, async () => {
    await assert.rejects(change(instance, [step]), { name: 'CommandError', message: expected });
  });
}
