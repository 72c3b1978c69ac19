import { randomUUID } from 'node:crypto';
import { nameKey } from '../../../directory/name-key.ts';
import type { UserEntry } from '../../port/directory.ts';
import type { Changed, NewUser, StepResult, UserValues } from '../../port/directory-change.ts';
import { get, type Work } from '../work.ts';
import { findEntry } from './entry-queries.ts';
import { saySame, withChanges } from './entry-values.ts';
import { refuseReferences, removeOwnReferences } from './references.ts';
import { entryRef, Refusal } from './refusal.ts';
import { getOwnEntry, type StepContext } from './step-context.ts';
import { removeOwnPassword, writePassword } from './user-passwords.ts';
import { deleteUser, insertUser, isSpentId, newUserVersion, updateUser } from './user-rows.ts';
import { uuidBytes } from './uuid-bytes.ts';

export function* addUser(context: StepContext, { user }: { readonly user: NewUser }): Work<StepResult> {
  const present = yield* findEntry(context.dialect, 'user', { nameKey: nameKey(user.userName) });
  if (present?.leftAtMs !== undefined) return yield* takeOver(context, present, user);
  if (present !== undefined) throw taken('userName', present);
  const { id = randomUUID(), passwordHash } = user;
  yield* refuseTakenId(context, id);
  yield* insertUser(context, { ...valuesOf(user), id, version: yield* firstVersion(user) });
  if (passwordHash !== undefined) yield* writePassword(context, id, passwordHash);
  return { id, did: 'added' };
}

/** Makes a user who has left the source's own. A block stays, and so does a password that others have set. */
function* takeOver(context: StepContext, { id }: UserEntry, user: NewUser): Work<StepResult> {
  yield* updateUser(context, { ...valuesOf(user), id, version: newUserVersion() });
  if (user.passwordHash !== undefined) yield* writePassword(context, id, user.passwordHash);
  return { id, did: 'changed' };
}

function* refuseTakenId({ dialect }: StepContext, id: string): Work<void> {
  const bytes = uuidBytes(id);
  if (bytes === null) {
    throw new TypeError(`Cannot add a user with the id "${id}": a UUID in lower case is wanted`);
  }
  const holder = yield* findEntry(dialect, 'user', { id });
  if (holder !== undefined) throw taken('id', holder);
  if (yield* isSpentId(id)) throw new Refusal({ kind: 'spent', id });
}

/** Whoever is added disabled gets a version of their own, so that no session awaits the day they are enabled. */
function* firstVersion({ version, status }: NewUser): Work<string> {
  if (version === undefined || status === 'disabled') return newUserVersion();
  const adopts = yield* get('SELECT 1 FROM directory_state WHERE adopts_versions = 1');
  if (adopts === undefined)
    throw new TypeError('Cannot add a user with a version: only a data folder of release 0.1 has some');
  return version;
}

export function* changeUser(
  context: StepContext,
  step: { readonly id: string; readonly ifRevision?: number; readonly values: Changed<UserValues> },
): Work<StepResult> {
  const { leftAtMs, ...before } = yield* getOwnEntry(context, 'user', step.id, step.ifRevision);
  const values = withChanges(valuesOf(before), step.values);
  if (saySame(values, valuesOf(before))) return { did: 'unchanged' };
  const holder = yield* findEntry(context.dialect, 'user', { nameKey: nameKey(values.userName) });
  if (holder !== undefined && holder.id !== before.id) throw taken('userName', holder);
  const isDisabled = values.status === 'disabled';
  yield* updateUser(context, {
    ...values,
    id: before.id,
    version: isDisabled && before.status === 'enabled' ? newUserVersion() : before.version,
    ...(isDisabled && leftAtMs !== undefined && { leftAtMs }),
  });
  return { did: 'changed' };
}

export function* removeUser(context: StepContext, { id }: { readonly id: string }): Work<StepResult> {
  const user = yield* getOwnEntry(context, 'user', id);
  yield* removeOwnReferences(context, 'user', id);
  yield* refuseReferences(context, 'user', user);
  yield* deleteUser(context, uuidBytes(id));
  return { did: 'removed' };
}

/** Disables a user whom the source does not declare any more. */
export function* letUserGo(context: StepContext, id: string): Work<StepResult> {
  const user = yield* getOwnEntry(context, 'user', id);
  if (user.leftAtMs !== undefined) return { did: 'unchanged' };
  yield* removeOwnReferences(context, 'user', id);
  yield* removeOwnPassword(context, id);
  const left = { status: 'disabled', leftAtMs: context.nowMs } as const;
  yield* updateUser(context, { ...valuesOf(user), ...left, id, version: newUserVersion() });
  return { did: 'disabled' };
}

function valuesOf({ userName, displayName, emails, externalIds, status }: UserValues): UserValues {
  return { userName, displayName, emails, externalIds, status };
}

function taken(what: 'id' | 'userName', by: UserEntry): Refusal {
  return new Refusal({ kind: 'taken', what, by: entryRef('user', by) });
}
