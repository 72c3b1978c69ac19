import type { StepResult } from '../../port/directory-change.ts';
import { getEntry, type StepContext } from './step-context.ts';
import { newUserVersion, renewVersion } from './user-rows.ts';
import { uuidBytes } from './uuid-bytes.ts';

interface UserStep {
  readonly userId: string;
}

export function blockUser(context: StepContext, { userId }: UserStep): StepResult {
  if (getEntry(context, 'user', userId).blocked !== undefined) return { did: 'unchanged' };
  context.statements.run(
    'UPDATE directory_user SET blocked_by = ?, blocked_at_ms = ?, version = ? WHERE id = ?',
    ...[context.actor, context.nowMs, newUserVersion(), uuidBytes(userId)],
  );
  return { did: 'changed' };
}

export function unblockUser(context: StepContext, { userId }: UserStep): StepResult {
  if (getEntry(context, 'user', userId).blocked === undefined) return { did: 'unchanged' };
  context.statements.run(
    'UPDATE directory_user SET blocked_by = NULL, blocked_at_ms = NULL WHERE id = ?',
    uuidBytes(userId),
  );
  return { did: 'changed' };
}

export function signOutEverywhere(context: StepContext, { userId }: UserStep): StepResult {
  getEntry(context, 'user', userId);
  renewVersion(context, userId);
  return { did: 'changed' };
}
