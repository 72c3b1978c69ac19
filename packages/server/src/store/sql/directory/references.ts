import type { EntryOf } from '../../port/directory.ts';
import type { EntryRef } from '../../port/directory-change.ts';
import { run, type Work } from '../work.ts';
import { entryTables } from './entries.ts';
import { idValue, type NamedKind, selectEntries } from './entry-queries.ts';
import { entryRef, Refusal } from './refusal.ts';
import type { StepContext } from './step-context.ts';

/** The most entries that a conflict names. */
const NAMED = 10;

/** What can refer to an entry of each kind, and in which column. */
const referrers: Readonly<
  Record<NamedKind, readonly (readonly ['membership' | 'userAssignment' | 'groupAssignment', string])[]>
> = {
  user: [
    ['membership', 'user_id'],
    ['userAssignment', 'user_id'],
  ],
  group: [
    ['membership', 'group_id'],
    ['groupAssignment', 'group_id'],
  ],
  account: [
    ['userAssignment', 'account_id'],
    ['groupAssignment', 'account_id'],
  ],
  permissionSet: [
    ['userAssignment', 'permission_set_id'],
    ['groupAssignment', 'permission_set_id'],
  ],
};

/** Removes the memberships and assignments by which the source of the change refers to an entry. */
export function* removeOwnReferences({ source }: StepContext, kind: NamedKind, id: string): Work<void> {
  for (const [referrer, column] of referrers[kind]) {
    const { table } = entryTables[referrer];
    yield* run(`DELETE FROM ${table} WHERE ${column} = ? AND source = ?`, idValue(kind, id), source);
  }
}

/** Lists memberships and assignments that refer to an entry: ten at most. */
export function* listReferences(
  { dialect }: StepContext,
  kind: NamedKind,
  id: string,
): Work<readonly EntryRef[]> {
  const refs: EntryRef[] = [];
  for (const [referrer, column] of referrers[kind]) {
    const entries = yield* selectEntries(
      dialect,
      referrer,
      `${column} = ? LIMIT ${NAMED}`,
      idValue(kind, id),
    );
    refs.push(...entries.map((entry) => entryRef(referrer, entry)));
  }
  return refs.slice(0, NAMED);
}

/** @throws {Refusal} `referredTo` where a membership or an assignment refers to the entry */
export function* refuseReferences<K extends NamedKind>(
  context: StepContext,
  kind: K,
  entry: EntryOf[K],
): Work<void> {
  const by = yield* listReferences(context, kind, entry.id);
  if (by.length > 0) throw new Refusal({ kind: 'referredTo', entry: entryRef(kind, entry), by });
}
