import assert from 'node:assert/strict';
import type { DirectorySource } from '../../port/directory.ts';
import type { Conflict, DirectoryStep, EntryRef } from '../../port/directory-change.ts';
import type { StoreTest } from '../store-test.ts';
import {
  ADMIN,
  adminsId,
  aliceId,
  apply,
  assign,
  bobId,
  conflictOf,
  directoryChange,
  everything,
  newUser,
  PRODUCTION,
  READ_ONLY,
  SANDBOX,
  someEntries,
  uuid,
} from './fixtures.ts';

const alice: EntryRef = { kind: 'user', id: aliceId, name: 'alice', source: 'file' };
const admins: EntryRef = { kind: 'group', id: adminsId, name: 'admins', source: 'file' };
const production: EntryRef = { kind: 'account', id: PRODUCTION, name: 'Production', source: 'file' };
const readOnly: EntryRef = { kind: 'permissionSet', id: READ_ONLY, name: 'ReadOnly', source: 'file' };
const membership = { kind: 'membership', id: `${aliceId} ${adminsId}`, source: 'page' } as const;
const assignment = {
  kind: 'userAssignment',
  id: `${aliceId} ${PRODUCTION} ${READ_ONLY}`,
  source: 'page',
} as const;
const nobody = uuid(404);

/** Steps and the conflicts that they meet: the file declares someEntries, a page has put alice among the admins. */
const conflicts: readonly (readonly [
  title: string,
  source: DirectorySource,
  step: DirectoryStep,
  conflict: Conflict,
])[] = [
  ...(
    [
      [{ kind: 'changeUser', id: aliceId, values: { displayName: 'A' } }, alice],
      [{ kind: 'removeUser', id: aliceId }, alice],
      [{ kind: 'letGo', entry: { kind: 'user', id: aliceId } }, alice],
      [{ kind: 'changeGroup', id: adminsId, values: { name: 'A' } }, admins],
      [{ kind: 'removeGroup', id: adminsId }, admins],
      [{ kind: 'letGo', entry: { kind: 'group', id: adminsId } }, admins],
      [{ kind: 'changeAccount', id: PRODUCTION, values: { name: 'A' } }, production],
      [{ kind: 'removeAccount', id: PRODUCTION }, production],
      [{ kind: 'letGo', entry: { kind: 'account', id: PRODUCTION } }, production],
      [{ kind: 'changePermissionSet', id: READ_ONLY, values: { name: 'A' } }, readOnly],
      [{ kind: 'removePermissionSet', id: READ_ONLY }, readOnly],
      [{ kind: 'letGo', entry: { kind: 'permissionSet', id: READ_ONLY } }, readOnly],
      [{ kind: 'addMembership', userId: aliceId, groupId: adminsId }, membership],
      [{ kind: 'removeMembership', userId: aliceId, groupId: adminsId }, membership],
      [assign({ userId: aliceId }, PRODUCTION, READ_ONLY), assignment],
      [{ ...assign({ userId: aliceId }, PRODUCTION, READ_ONLY), kind: 'removeAssignment' }, assignment],
    ] as readonly [DirectoryStep, EntryRef][]
  ).map(
    ([step, entry]) =>
      [`${step.kind} of what another source has`, 'command', step, { kind: 'owned', entry }] as const,
  ),
  [
    'a user name that another has, in another case',
    'command',
    { kind: 'addUser', user: newUser('ALICE') },
    { kind: 'taken', what: 'userName', by: alice },
  ],
  [
    'renaming a user to a name that another has',
    'file',
    { kind: 'changeUser', id: bobId, values: { userName: 'Alice' } },
    { kind: 'taken', what: 'userName', by: alice },
  ],
  [
    'a user id that another has',
    'command',
    { kind: 'addUser', user: newUser('x', { id: aliceId }) },
    { kind: 'taken', what: 'id', by: alice },
  ],
  [
    'an external id of another user',
    'command',
    { kind: 'addUser', user: newUser('x', { externalIds: [{ issuer: 'i', id: 'a' }] }) },
    { kind: 'taken', what: 'externalId', by: alice },
  ],
  [
    'a group name that another has, in another case',
    'command',
    { kind: 'addGroup', group: { name: 'Admins', externalIds: [] } },
    { kind: 'taken', what: 'name', by: admins },
  ],
  [
    'a group id that another has',
    'command',
    { kind: 'addGroup', group: { id: adminsId, name: 'x', externalIds: [] } },
    { kind: 'taken', what: 'id', by: admins },
  ],
  [
    'an external id of another group',
    'command',
    { kind: 'addGroup', group: { name: 'x', externalIds: [{ issuer: 'i', id: 'a' }] } },
    { kind: 'taken', what: 'externalId', by: admins },
  ],
  [
    'an account id that another has',
    'command',
    { kind: 'addAccount', account: { id: PRODUCTION, name: 'x' } },
    { kind: 'taken', what: 'id', by: production },
  ],
  [
    'a name of a permission set that another has, in another case',
    'file',
    { kind: 'changePermissionSet', id: ADMIN, values: { name: 'READONLY' } },
    { kind: 'taken', what: 'name', by: readOnly },
  ],
  [
    'an id of a permission set that another has',
    'command',
    { kind: 'addPermissionSet', permissionSet: { id: READ_ONLY, name: 'x', sessionDurationSeconds: 3600 } },
    { kind: 'taken', what: 'id', by: readOnly },
  ],
  ...(
    [
      [{ kind: 'changeUser', id: nobody, values: {} }, 'user', nobody],
      [{ kind: 'setPassword', userId: nobody, hash: 'x' }, 'user', nobody],
      [{ kind: 'blockUser', userId: nobody }, 'user', nobody],
      [{ kind: 'unblockUser', userId: nobody }, 'user', nobody],
      [{ kind: 'signOutEverywhere', userId: nobody }, 'user', nobody],
      [{ kind: 'removeUser', id: nobody }, 'user', nobody],
      [{ kind: 'letGo', entry: { kind: 'user', id: nobody } }, 'user', nobody],
      [{ kind: 'changeGroup', id: nobody, values: {} }, 'group', nobody],
      [{ kind: 'removeGroup', id: nobody }, 'group', nobody],
      [{ kind: 'changeAccount', id: '0', values: {} }, 'account', '0'],
      [{ kind: 'removeAccount', id: '0' }, 'account', '0'],
      [{ kind: 'changePermissionSet', id: 'ps', values: {} }, 'permissionSet', 'ps'],
      [{ kind: 'removePermissionSet', id: 'ps' }, 'permissionSet', 'ps'],
      [{ kind: 'addMembership', userId: nobody, groupId: adminsId }, 'user', nobody],
      [{ kind: 'addMembership', userId: bobId, groupId: nobody }, 'group', nobody],
      [{ kind: 'removeMembership', userId: bobId, groupId: adminsId }, 'membership', `${bobId} ${adminsId}`],
      [assign({ userId: nobody }, PRODUCTION, ADMIN), 'user', nobody],
      [assign({ groupId: nobody }, PRODUCTION, ADMIN), 'group', nobody],
      [assign({ userId: bobId }, '0', ADMIN), 'account', '0'],
      [assign({ userId: bobId }, PRODUCTION, 'ps'), 'permissionSet', 'ps'],
      [
        { ...assign({ groupId: adminsId }, SANDBOX, ADMIN), kind: 'removeAssignment' },
        'groupAssignment',
        `${adminsId} ${SANDBOX} ${ADMIN}`,
      ],
    ] as readonly [DirectoryStep, EntryRef['kind'], string][]
  ).map(
    ([step, what, id]) =>
      [`${step.kind} with a ${what} that there is not`, 'file', step, { kind: 'missing', what, id }] as const,
  ),
  ...(
    [
      [{ kind: 'removeUser', id: aliceId }, alice, [membership, assignment]],
      [{ kind: 'removeGroup', id: adminsId }, admins, [membership]],
      [{ kind: 'removeAccount', id: PRODUCTION }, production, [assignment]],
      [{ kind: 'removePermissionSet', id: READ_ONLY }, readOnly, [assignment]],
    ] as readonly [DirectoryStep, EntryRef, readonly EntryRef[]][]
  ).map(
    ([step, entry, by]) =>
      [
        `${step.kind} of what another source refers to`,
        'file',
        step,
        { kind: 'referredTo', entry, by },
      ] as const,
  ),
  ...(
    [
      { kind: 'changeUser', id: bobId, ifRevision: 2, values: { displayName: 'B' } },
      { kind: 'changeGroup', id: adminsId, ifRevision: 7, values: { name: 'A' } },
      { kind: 'changeAccount', id: SANDBOX, ifRevision: 0, values: { name: 'A' } },
      { kind: 'changePermissionSet', id: ADMIN, ifRevision: 2, values: { name: 'A' } },
    ] as readonly DirectoryStep[]
  ).map(
    (step) =>
      [
        `${step.kind} of a revision that is not the present one`,
        'file',
        step,
        { kind: 'outdated', revision: step.kind === 'changeGroup' ? 2 : 1 },
      ] as const,
  ),
];

/** Every conflict is told with whom it is, and leaves the directory as it was. */
export function directoryConflictsConformance(testStore: StoreTest): void {
  for (const [title, source, step, conflict] of conflicts) {
    testStore(`a change of the directory is refused: ${title}`, async (store) => {
      const externalIds = [{ issuer: 'i', id: 'a' }];
      await apply(store, 'file', [
        ...someEntries,
        { kind: 'changeUser', id: aliceId, values: { externalIds } },
        { kind: 'changeGroup', id: adminsId, values: { externalIds } },
      ]);
      await apply(store, 'page', [
        { kind: 'addMembership', userId: aliceId, groupId: adminsId },
        assign({ userId: aliceId }, PRODUCTION, READ_ONLY),
      ]);
      await apply(store, 'command', [{ kind: 'addUser', user: newUser('carol') }]);
      const before = await everything(store);
      assert.deepEqual(await conflictOf(store, source, step), conflict);
      assert.deepEqual(await everything(store), before);
    });
  }

  testStore('an entry that more than ten others refer to is refused with ten of them', async (store) => {
    await apply(store, 'file', someEntries);
    const users = Array.from({ length: 12 }, (_, index) => uuid(index));
    await apply(
      store,
      'page',
      users.flatMap((id): DirectoryStep[] => [
        { kind: 'addUser', user: newUser(`u${id}`, { id }) },
        { kind: 'addMembership', userId: id, groupId: adminsId },
      ]),
    );
    const conflict = await conflictOf(store, 'file', { kind: 'removeGroup', id: adminsId });
    assert.ok(conflict?.kind === 'referredTo');
    assert.equal(conflict.by.length, 10);
  });

  testStore('of 100 steps of which the 57th is refused, none stays', async (store) => {
    const steps = Array.from(
      { length: 100 },
      (_, index): DirectoryStep => ({ kind: 'addUser', user: newUser(index === 56 ? 'U7' : `u${index}`) }),
    );
    const outcome = await store.changeDirectory(
      directoryChange('command', steps, { sourceDigest: Buffer.alloc(32) }),
    );
    assert.ok(outcome.kind === 'refused');
    assert.equal(outcome.step, 56);
    assert.equal(outcome.conflict.kind, 'taken');
    assert.equal((await store.countEntries()).user, 0);
    assert.equal(await store.findSource('command'), undefined);
  });

  testStore('a change of more than 100 steps is an error', async (store) => {
    const steps = Array.from({ length: 101 }, (): DirectoryStep => ({ kind: 'blockUser', userId: aliceId }));
    await assert.rejects(store.changeDirectory(directoryChange('command', steps)), /101 steps.*at most 100/);
  });
}
