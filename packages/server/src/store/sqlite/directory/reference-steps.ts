import { randomUUID } from 'node:crypto';
import type { AssignmentEntry, MembershipEntry } from '../../port/directory.ts';
import type { StepResult } from '../../port/directory-change.ts';
import { entryKey } from '../../port/entry-key.ts';
import { entryTables } from './entries.ts';
import { keyCondition, selectEntries } from './entry-queries.ts';
import { Refusal } from './refusal.ts';
import { getEntry, refuseOthers, type StepContext } from './step-context.ts';
import { uuidBytes } from './uuid-bytes.ts';

type ReferenceKind = 'membership' | 'userAssignment' | 'groupAssignment';
type Membership = Pick<MembershipEntry, 'userId' | 'groupId'>;
type Assignment = Pick<AssignmentEntry, 'principal' | 'accountId' | 'permissionSetId'>;

export function addMembership(context: StepContext, { userId, groupId }: Membership): StepResult {
  const { statements, source } = context;
  getEntry(context, 'user', userId);
  getEntry(context, 'group', groupId);
  if (isThere(context, 'membership', entryKey('membership', { userId, groupId })))
    return { did: 'unchanged' };
  const id = randomUUID();
  statements.run(
    'INSERT INTO membership (user_id, group_id, id, source) VALUES (?, ?, ?, ?)',
    ...[uuidBytes(userId), uuidBytes(groupId), uuidBytes(id), source],
  );
  return { id, did: 'added' };
}

export function removeMembership(context: StepContext, membership: Membership): StepResult {
  return removeReference(context, 'membership', entryKey('membership', membership));
}

export function addAssignment(context: StepContext, assignment: Assignment): StepResult {
  const { statements, source } = context;
  const { principal, accountId, permissionSetId } = assignment;
  const [type, id] =
    'userId' in principal ? (['user', principal.userId] as const) : (['group', principal.groupId] as const);
  const kind = `${type}Assignment` as const;
  getEntry(context, type, id);
  getEntry(context, 'account', accountId);
  getEntry(context, 'permissionSet', permissionSetId);
  if (isThere(context, kind, entryKey(kind, assignment))) return { did: 'unchanged' };
  statements.run(
    `INSERT INTO ${type}_assignment (${type}_id, account_id, permission_set_id, source) VALUES (?, ?, ?, ?)`,
    ...[uuidBytes(id), accountId, permissionSetId, source],
  );
  return { did: 'added' };
}

export function removeAssignment(context: StepContext, assignment: Assignment): StepResult {
  const kind = 'userId' in assignment.principal ? 'userAssignment' : 'groupAssignment';
  return removeReference(context, kind, entryKey(kind, assignment));
}

function removeReference(context: StepContext, kind: ReferenceKind, key: string): StepResult {
  if (!isThere(context, kind, key)) throw new Refusal({ kind: 'missing', what: kind, id: key });
  const [condition, values] = keyCondition(kind, key);
  context.statements.run(`DELETE FROM ${entryTables[kind].table} WHERE ${condition}`, ...values);
  return { did: 'removed' };
}

/** Whether the source has made it. @throws {Refusal} `owned` where another source has */
function isThere(context: StepContext, kind: ReferenceKind, key: string): boolean {
  const [condition, values] = keyCondition(kind, key);
  const [present] = selectEntries(context.statements, kind, condition, ...values);
  if (present === undefined) return false;
  refuseOthers(context, kind, present);
  return true;
}
