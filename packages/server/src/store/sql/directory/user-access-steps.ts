import type { StepResult } from '../../port/directory-change.ts';
import { removeAllFactors } from '../factors/factors.ts';
import { run, type Work } from '../work.ts';
import { getEntry, type StepContext } from './step-context.ts';
import { newUserVersion, renewVersion } from './user-rows.ts';
import { uuidBytes } from './uuid-bytes.ts';

interface UserStep {
  readonly userId: string;
}

export function* blockUser(context: StepContext, { userId }: UserStep): Work<StepResult> {
  const { blocked } = yield* getEntry(context, 'user', userId);
  if (blocked !== undefined) return { did: 'unchanged' };
  yield* run(
    'UPDATE directory_user SET blocked_by = ?, blocked_at_ms = ?, version = ? WHERE id = ?',
    ...[context.actor, context.nowMs, newUserVersion(), uuidBytes(userId)],
  );
  return { did: 'changed' };
}

export function* unblockUser(context: StepContext, { userId }: UserStep): Work<StepResult> {
  const { blocked } = yield* getEntry(context, 'user', userId);
  if (blocked === undefined) return { did: 'unchanged' };
  yield* run(
    'UPDATE directory_user SET blocked_by = NULL, blocked_at_ms = NULL WHERE id = ?',
    uuidBytes(userId),
  );
  return { did: 'changed' };
}

export function* signOutEverywhere(context: StepContext, { userId }: UserStep): Work<StepResult> {
  yield* getEntry(context, 'user', userId);
  yield* renewVersion(userId);
  return { did: 'changed' };
}

/** A device that is lost is signed in, too, so all sessions end. */
export function* resetFactors(context: StepContext, { userId }: UserStep): Work<StepResult> {
  yield* getEntry(context, 'user', userId);
  if ((yield* removeAllFactors(userId)) === 0) return { did: 'unchanged' };
  yield* renewVersion(userId);
  return { did: 'changed' };
}
