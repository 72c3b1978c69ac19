import { randomUUID } from 'node:crypto';
import type { AssignmentEntry, MembershipEntry } from '../../port/directory.ts';
import type { StepResult } from '../../port/directory-change.ts';
import { entryKey } from '../../port/entry-key.ts';
import { run, type Work } from '../work.ts';
import { entryTables } from './entries.ts';
import { keyCondition, selectEntries } from './entry-queries.ts';
import { Refusal } from './refusal.ts';
import { getEntry, refuseOthers, type StepContext } from './step-context.ts';
import { uuidBytes } from './uuid-bytes.ts';

type ReferenceKind = 'membership' | 'userAssignment' | 'groupAssignment';
type Membership = Pick<MembershipEntry, 'userId' | 'groupId'>;
type Assignment = Pick<AssignmentEntry, 'principal' | 'accountId' | 'permissionSetId'>;

export function* addMembership(context: StepContext, { userId, groupId }: Membership): Work<StepResult> {
  const { source } = context;
  yield* getEntry(context, 'user', userId);
  yield* getEntry(context, 'group', groupId);
  if (yield* isThere(context, 'membership', entryKey('membership', { userId, groupId })))
    return { did: 'unchanged' };
  const id = randomUUID();
  yield* run(
    'INSERT INTO membership (user_id, group_id, id, source) VALUES (?, ?, ?, ?)',
    ...[uuidBytes(userId), uuidBytes(groupId), uuidBytes(id), source],
  );
  return { id, did: 'added' };
}

export function* removeMembership(context: StepContext, membership: Membership): Work<StepResult> {
  return yield* removeReference(context, 'membership', entryKey('membership', membership));
}

export function* addAssignment(context: StepContext, assignment: Assignment): Work<StepResult> {
  const { source } = context;
  const { principal, accountId, permissionSetId } = assignment;
  const [type, id] =
    'userId' in principal ? (['user', principal.userId] as const) : (['group', principal.groupId] as const);
  const kind = `${type}Assignment` as const;
  yield* getEntry(context, type, id);
  yield* getEntry(context, 'account', accountId);
  yield* getEntry(context, 'permissionSet', permissionSetId);
  if (yield* isThere(context, kind, entryKey(kind, assignment))) return { did: 'unchanged' };
  yield* run(
    `INSERT INTO ${type}_assignment (${type}_id, account_id, permission_set_id, source) VALUES (?, ?, ?, ?)`,
    ...[uuidBytes(id), accountId, permissionSetId, source],
  );
  return { did: 'added' };
}

export function* removeAssignment(context: StepContext, assignment: Assignment): Work<StepResult> {
  const kind = 'userId' in assignment.principal ? 'userAssignment' : 'groupAssignment';
  return yield* removeReference(context, kind, entryKey(kind, assignment));
}

function* removeReference(context: StepContext, kind: ReferenceKind, key: string): Work<StepResult> {
  if (!(yield* isThere(context, kind, key))) throw new Refusal({ kind: 'missing', what: kind, id: key });
  const [condition, values] = keyCondition(kind, key);
  yield* run(`DELETE FROM ${entryTables[kind].table} WHERE ${condition}`, ...values);
  return { did: 'removed' };
}

/** Whether the source has made it. @throws {Refusal} `owned` where another source has */
function* isThere(context: StepContext, kind: ReferenceKind, key: string): Work<boolean> {
  const [condition, values] = keyCondition(kind, key);
  const [present] = yield* selectEntries(context.dialect, kind, condition, ...values);
  if (present === undefined) return false;
  refuseOthers(context, kind, present);
  return true;
}
