import type { DirectorySource } from '../../port/directory.ts';
import type { DirectoryStep, StepResult } from '../../port/directory-change.ts';
import { get, run, type Work } from '../work.ts';
import { entryRef, Refusal } from './refusal.ts';
import { getEntry, refuseOthers, type StepContext } from './step-context.ts';
import { renewVersion } from './user-rows.ts';
import { uuidBytes } from './uuid-bytes.ts';

/** Those that may set a password for the users of other sources. */
const FOR_ANYBODY: readonly DirectorySource[] = ['command', 'page'];

type SetPassword = Omit<Extract<DirectoryStep, { kind: 'setPassword' }>, 'kind'>;

/**
 * Sets or removes a password. What the file has set is the file's, and what an identity provider has set is no page's; otherwise
 * commands and pages set the password of every user, other sources that of their own, and these remove only what they have set.
 */
export function* setPassword(context: StepContext, { userId, hash, version }: SetPassword): Work<StepResult> {
  const { source } = context;
  const user = yield* getEntry(context, 'user', userId);
  const isForAnybody = FOR_ANYBODY.includes(source);
  if (!isForAnybody) refuseOthers(context, 'user', user);
  if (version !== undefined && version.before !== user.version) {
    throw new Refusal({ kind: 'outdated', revision: user.revision });
  }
  const { passwordSetBy } = user;
  if (passwordSetBy !== undefined && !maySetPassword(source, passwordSetBy)) {
    const entry = { ...entryRef('user', user), source: passwordSetBy };
    throw new Refusal({ kind: 'owned', entry, what: 'password' });
  }
  if (hash === null) {
    if (passwordSetBy === undefined || !(isForAnybody || passwordSetBy === source))
      return { did: 'unchanged' };
    yield* run('DELETE FROM user_password WHERE user_id = ?', uuidBytes(userId));
    yield* renewVersion(userId);
    return { did: 'changed' };
  }
  const present = yield* findPasswordHash(userId);
  if (present === hash && passwordSetBy === source) return { did: 'unchanged' };
  yield* writePassword(context, userId, hash);
  if (present !== hash) yield* renewVersion(userId, version?.after);
  return { did: 'changed' };
}

/** Whether a source may put a password in the place of one that another has set. */
function maySetPassword(source: DirectorySource, setBy: DirectorySource): boolean {
  if (source === 'page') return FOR_ANYBODY.includes(setBy);
  return setBy !== 'file' || source === 'file';
}

export function* findPasswordHash(userId: string): Work<string | undefined> {
  const row = yield* get<{ hash: string }>(
    'SELECT hash FROM user_password WHERE user_id = ?',
    uuidBytes(userId),
  );
  return row?.hash;
}

export function* writePassword({ source, nowMs }: StepContext, userId: string, hash: string): Work<void> {
  yield* run(
    `INSERT INTO user_password (user_id, hash, set_by, set_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE
     SET hash = excluded.hash, set_by = excluded.set_by, set_at_ms = excluded.set_at_ms`,
    ...[uuidBytes(userId), hash, source, nowMs],
  );
}

/** Removes a password that the source of the change has set. */
export function* removeOwnPassword({ source }: StepContext, userId: string): Work<void> {
  yield* run('DELETE FROM user_password WHERE user_id = ? AND set_by = ?', uuidBytes(userId), source);
}
