import assert from 'node:assert/strict';
import type { DirectorySource, EntryKind, EntryOf } from '../../port/directory.ts';
import type {
  Conflict,
  DirectoryChange,
  DirectoryStep,
  NewUser,
  StepResult,
} from '../../port/directory-change.ts';
import type { Store } from '../../store.ts';
import { aliceId, START_MS } from '../rows.ts';

/** A UUID (version 4) that ends in a number. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

export { aliceId };
export const bobId = uuid(0xb0b);
export const adminsId = uuid(0xad);
export const PRODUCTION = '123456789012';
export const SANDBOX = '210987654321';
export const READ_ONLY = 'ps-0000000000000001';
export const ADMIN = 'ps-0000000000000002';

export function newUser(userName: string, change: Partial<NewUser> = {}): NewUser {
  return { userName, displayName: userName, emails: [], externalIds: [], status: 'enabled', ...change };
}

/** Steps by which alice, bob, the group admins, two accounts and two permission sets come into the directory. */
export const someEntries: readonly DirectoryStep[] = [
  { kind: 'addUser', user: newUser('alice', { id: aliceId }) },
  { kind: 'addUser', user: newUser('bob', { id: bobId }) },
  { kind: 'addGroup', group: { id: adminsId, name: 'admins', externalIds: [] } },
  { kind: 'addAccount', account: { id: PRODUCTION, name: 'Production' } },
  { kind: 'addAccount', account: { id: SANDBOX, name: 'Sandbox' } },
  {
    kind: 'addPermissionSet',
    permissionSet: { id: READ_ONLY, name: 'ReadOnly', sessionDurationSeconds: 3600 },
  },
  { kind: 'addPermissionSet', permissionSet: { id: ADMIN, name: 'Admin', sessionDurationSeconds: 900 } },
];

export function assign(
  principal: { readonly userId: string } | { readonly groupId: string },
  accountId: string,
  permissionSetId: string,
): DirectoryStep {
  return { kind: 'addAssignment', principal, accountId, permissionSetId };
}

export function directoryChange(
  source: DirectorySource,
  steps: readonly DirectoryStep[],
  change: Partial<DirectoryChange> = {},
): DirectoryChange {
  return { source, actor: source, nowMs: START_MS, steps, ...change };
}

/** Applies steps that meet no conflict. */
export async function apply(
  store: Store,
  source: DirectorySource,
  steps: readonly DirectoryStep[],
  change: Partial<DirectoryChange> = {},
): Promise<readonly StepResult[]> {
  const outcome = await store.changeDirectory(directoryChange(source, steps, change));
  assert.equal(outcome.kind, 'changed', JSON.stringify(outcome));
  return outcome.kind === 'changed' ? outcome.results : [];
}

/** What one step does. */
export async function did(
  store: Store,
  source: DirectorySource,
  step: DirectoryStep,
): Promise<StepResult['did']> {
  const [result] = await apply(store, source, [step]);
  return result!.did;
}

/** The conflict that one step meets. */
export async function conflictOf(
  store: Store,
  source: DirectorySource,
  step: DirectoryStep,
): Promise<Conflict | undefined> {
  const outcome = await store.changeDirectory(directoryChange(source, [step]));
  return outcome.kind === 'refused' ? outcome.conflict : undefined;
}

/** Every entry of a small directory, by kind. */
export async function everything(
  store: Store,
): Promise<{ readonly [K in EntryKind]: readonly EntryOf[K][] }> {
  const all = { limit: 10_000 };
  return {
    user: await store.listEntries('user', all),
    group: await store.listEntries('group', all),
    membership: await store.listEntries('membership', all),
    account: await store.listEntries('account', all),
    permissionSet: await store.listEntries('permissionSet', all),
    userAssignment: await store.listEntries('userAssignment', all),
    groupAssignment: await store.listEntries('groupAssignment', all),
  };
}

export async function versionOf(store: Store, id: string): Promise<string | undefined> {
  return (await store.findEntry('user', { id }))?.version;
}
