import type { DirectorySource } from '../../port/directory.ts';
import type { StepResult } from '../../port/directory-change.ts';
import type { PreparedStatements } from '../prepared-statements.ts';
import { entryRef, Refusal } from './refusal.ts';
import { getEntry, refuseOthers, type StepContext } from './step-context.ts';
import { renewVersion } from './user-rows.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Those that may set a password for the users of other sources. */
const FOR_ANYBODY: readonly DirectorySource[] = ['command', 'page'];

/**
 * Sets or removes a password. What the file has set is the file's; otherwise commands and pages set the password of every
 * user, other sources that of their own, and these remove only what they have set.
 */
export function setPassword(
  context: StepContext,
  { userId, hash }: { readonly userId: string; readonly hash: string | null },
): StepResult {
  const { statements, source } = context;
  const user = getEntry(context, 'user', userId);
  const isForAnybody = FOR_ANYBODY.includes(source);
  if (!isForAnybody) refuseOthers(context, 'user', user);
  const { passwordSetBy } = user;
  if (passwordSetBy === 'file' && source !== 'file') {
    const entry = { ...entryRef('user', user), source: passwordSetBy };
    throw new Refusal({ kind: 'owned', entry, what: 'password' });
  }
  if (hash === null) {
    if (passwordSetBy === undefined || !(isForAnybody || passwordSetBy === source))
      return { did: 'unchanged' };
    statements.run('DELETE FROM user_password WHERE user_id = ?', uuidBytes(userId));
    renewVersion(context, userId);
    return { did: 'changed' };
  }
  const present = findPasswordHash(statements, userId);
  if (present === hash && passwordSetBy === source) return { did: 'unchanged' };
  writePassword(context, userId, hash);
  if (present !== hash) renewVersion(context, userId);
  return { did: 'changed' };
}

export function findPasswordHash(statements: PreparedStatements, userId: string): string | undefined {
  const row = statements.get<{ hash: string }>(
    'SELECT hash FROM user_password WHERE user_id = ?',
    uuidBytes(userId),
  );
  return row?.hash;
}

export function writePassword(
  { statements, source, nowMs }: StepContext,
  userId: string,
  hash: string,
): void {
  statements.run(
    'INSERT OR REPLACE INTO user_password (user_id, hash, set_by, set_at_ms) VALUES (?, ?, ?, ?)',
    ...[uuidBytes(userId), hash, source, nowMs],
  );
}

/** Removes a password that the source of the change has set. */
export function removeOwnPassword({ statements, source }: StepContext, userId: string): void {
  statements.run('DELETE FROM user_password WHERE user_id = ? AND set_by = ?', uuidBytes(userId), source);
}
