import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DirectorySource } from '../../port/directory.ts';
import type { ChangeOutcome, DirectoryStep } from '../../port/directory-change.ts';
import { entryKey } from '../../port/entry-key.ts';
import type { Store } from '../../store.ts';
import type { StoreEngine } from '../store-test.ts';
import { directoryChange, everything, newUser, uuid } from './fixtures.ts';
import { DirectoryModel, type ModelOutcome } from './model.ts';

export const sources: readonly DirectorySource[] = [
  'file',
  'command',
  'page',
  'provisioning:okta',
  'provider:corp',
];

const userId = fc.constantFrom(uuid(1), uuid(2));
const groupId = fc.constantFrom(uuid(11), uuid(11), uuid(11), uuid(12));
const accountId = fc.constantFrom('000000000001', '000000000001', '000000000001', '000000000002');
const permissionSetId = fc.constantFrom(...Array(3).fill('ps-0000000000000001'), 'ps-0000000000000002');
const name = fc.constantFrom('ann', 'Ann', 'bob', 'ｂｏｂ', '𝓬', 'dan', 'eve', 'fay');
const status = fc.constantFrom('enabled', 'disabled');
const hash = fc.constantFrom('$argon2id$1', '$argon2id$2');
const ifRevision = seldom(fc.integer({ min: 1, max: 3 }));
const principal = fc.oneof(fc.record({ userId }), fc.record({ groupId }));
const assignment = { principal, accountId, permissionSetId };
const just = fc.constant;

/** One step of each kind, about so few entries that they meet. */
export const step: fc.Arbitrary<DirectoryStep> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: just('addUser'),
        user: fc
          .record({ id: userId, userName: name, status, passwordHash: seldom(hash) })
          .map(({ userName, ...user }) => newUser(userName, withoutUndefined(user))),
      }),
    },
    fc.record({
      kind: just('changeUser'),
      id: userId,
      ifRevision,
      values: fc.record({ userName: name, displayName: name, status }, { requiredKeys: [] }),
    }),
    fc.record({ kind: just('setPassword'), userId, hash: fc.option(hash) }),
    fc.record({ kind: fc.constantFrom('blockUser', 'unblockUser', 'signOutEverywhere'), userId }),
    fc.record({ kind: just('removeUser'), id: userId }),
    fc.record({ kind: just('addGroup'), group: fc.record({ id: groupId, name, externalIds: just([]) }) }),
    fc.record({ kind: just('changeGroup'), id: groupId, ifRevision, values: fc.record({ name }) }),
    fc.record({ kind: just('removeGroup'), id: groupId }),
    { weight: 2, arbitrary: fc.record({ kind: just('addMembership'), userId, groupId }) },
    fc.record({ kind: just('removeMembership'), userId, groupId }),
    fc.record({ kind: just('addAccount'), account: fc.record({ id: accountId, name }) }),
    fc.record({ kind: just('changeAccount'), id: accountId, ifRevision, values: fc.record({ name }) }),
    fc.record({ kind: just('removeAccount'), id: accountId }),
    fc.record({
      kind: just('addPermissionSet'),
      permissionSet: fc.record({ id: permissionSetId, name, sessionDurationSeconds: just(3600) }),
    }),
    fc.record({
      kind: just('changePermissionSet'),
      id: permissionSetId,
      ifRevision,
      values: fc.record({ name }),
    }),
    fc.record({ kind: just('removePermissionSet'), id: permissionSetId }),
    { weight: 2, arbitrary: fc.record({ kind: just('addAssignment'), ...assignment }) },
    fc.record({ kind: just('removeAssignment'), ...assignment }),
    fc.record({
      kind: just('letGo'),
      entry: fc.oneof(
        fc.record({ kind: just('user'), id: userId }),
        fc.record({ kind: just('group'), id: groupId }),
        fc.record({ kind: just('account'), id: accountId }),
        fc.record({ kind: just('permissionSet'), id: permissionSetId }),
      ),
    }),
  )
  .map((each) => withoutUndefined(each) as DirectoryStep);

interface Change {
  /** `owner`: the source of what the first step is about. */
  readonly source: DirectorySource | 'owner';
  readonly steps: readonly DirectoryStep[];
  /** Whether the same change is asked for again, as after an answer that was lost. */
  readonly isRepeated: boolean;
  readonly ifSourceRevision?: number | undefined;
}

const change: fc.Arbitrary<Change> = fc.record({
  source: fc.constantFrom(...sources, ...Array<'owner'>(15).fill('owner')),
  steps: fc.array(step, { minLength: 1, maxLength: 3, size: 'max' }),
  isRepeated: fc.boolean(),
  ifSourceRevision: seldom(fc.integer({ min: 0, max: 9 })),
});

/** Where the history begins: otherwise most steps would meet nothing. */
const beginning: readonly DirectoryStep[] = [
  { kind: 'addUser', user: newUser('ann', { id: uuid(1) }) },
  { kind: 'addUser', user: newUser('bob', { id: uuid(2), passwordHash: '$argon2id$1' }) },
  { kind: 'addGroup', group: { id: uuid(11), name: 'ann', externalIds: [] } },
  { kind: 'addMembership', userId: uuid(1), groupId: uuid(11) },
  { kind: 'addAccount', account: { id: '000000000001', name: 'ann' } },
  {
    kind: 'addPermissionSet',
    permissionSet: { id: 'ps-0000000000000001', name: 'ann', sessionDurationSeconds: 3600 },
  },
];

/**
 * Whatever five sources do, one after the other, the directory is as a simple model says.
 *
 * @param histories - how many are tried
 */
export function directoryHistoryConformance({ open }: Pick<StoreEngine, 'open'>, histories = 30): void {
  test('any history of changes by five sources comes out as the model says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<DirectorySource[]>('file', 'file', ...sources),
        fc.array(change, { maxLength: 40, size: 'max' }),
        async (first, history) => {
          const store = await open();
          const model = new DirectoryModel();
          const versions = new Map<string, string>();
          const changes: readonly Change[] = [
            { source: first, steps: beginning, isRepeated: false },
            ...history,
          ];
          for (const { source, steps, isRepeated, ifSourceRevision } of changes) {
            const asked = directoryChange(source === 'owner' ? model.ownerOf(steps[0]) : source, steps, {
              id: randomUUID(),
              ...(ifSourceRevision !== undefined && { ifSourceRevision }),
            });
            const outcome = await store.changeDirectory(asked);
            assert.deepEqual(summary(outcome), model.apply(asked));
            if (isRepeated) assert.deepEqual(await store.changeDirectory(asked), outcome);
            await compare(store, model, versions);
          }
          await store.close();
        },
      ),
      { numRuns: histories },
    );
  });
}

/** What the model says of an outcome. */
function summary(outcome: ChangeOutcome): ModelOutcome {
  if (outcome.kind === 'changed') return outcome.results.map(({ did }) => did);
  const { step, conflict } = outcome;
  if (conflict.kind === 'outdated') return { step, conflict: ['outdated'] };
  if (conflict.kind === 'taken') return { step, conflict: ['taken', conflict.by.id] };
  const key = 'entry' in conflict ? conflict.entry.id : conflict.id;
  return { step, conflict: [conflict.kind, key] };
}

async function compare(
  store: Store,
  { state }: DirectoryModel,
  versions: Map<string, string>,
): Promise<void> {
  const { user, group, account, permissionSet, ...references } = await everything(store);
  const users = user.map(({ id, userName, displayName, status, ...rest }) => {
    const { leftAtMs, blocked, passwordSetBy, revision, source } = rest;
    const version = `${id} ${state.users[id]?.version}`;
    assert.equal(
      versions.get(version) ?? rest.version,
      rest.version,
      'renewed if and only if the model does',
    );
    versions.set(version, rest.version);
    return [
      id,
      { name: userName, displayName, status, source, revision },
      { hasLeft: leftAtMs !== undefined, isBlocked: blocked !== undefined, passwordSetBy },
    ];
  });
  assert.equal(new Set(versions.values()).size, versions.size, 'no version comes back');
  const modelUsers = Object.entries(state.users).map(([id, each]) => {
    const { displayName, status, source, revision, hasLeft, isBlocked, password } = each;
    return [
      id,
      { name: each.name, displayName, status, source, revision },
      { hasLeft, isBlocked, passwordSetBy: password?.setBy },
    ];
  });
  assert.deepEqual(users.toSorted(byFirst), modelUsers.toSorted(byFirst));
  for (const [entries, kept] of [
    [group, state.group],
    [account, state.account],
    [permissionSet, state.permissionSet],
  ] as const) {
    const found = entries.map((entry) => [
      entry.id,
      {
        ...{ name: entry.name, source: entry.source, revision: entry.revision },
        ...(entry.handedOverBy !== undefined && { handedOverBy: entry.handedOverBy }),
      },
    ]);
    assert.deepEqual(Object.fromEntries(found), kept);
  }
  const keys = [
    ...references.membership.map((entry) => [entryKey('membership', entry), entry.source]),
    ...references.userAssignment.map((entry) => [entryKey('userAssignment', entry), entry.source]),
    ...references.groupAssignment.map((entry) => [entryKey('groupAssignment', entry), entry.source]),
  ];
  assert.deepEqual(Object.fromEntries(keys), state.references);
  for (const source of sources) {
    assert.equal((await store.findSource(source))?.revision ?? 0, state.revisions[source] ?? 0);
  }
}

function byFirst([left]: readonly unknown[], [right]: readonly unknown[]): number {
  return String(left) < String(right) ? -1 : 1;
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
}

function seldom<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}
