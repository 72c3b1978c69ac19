import type { EntryOf, ExternalId } from '../../port/directory.ts';
import type { Dialect } from '../dialect.ts';
import { run, type Work } from '../work.ts';
import { idValue, selectEntries } from './entry-queries.ts';
import { requireDistinct } from './entry-values.ts';
import { entryRef, Refusal } from './refusal.ts';
import type { StepContext } from './step-context.ts';

/** Finds the user or the group to which an external id belongs. */
export function* findByExternalId<K extends 'user' | 'group'>(
  dialect: Dialect,
  kind: K,
  { issuer, id }: ExternalId,
): Work<EntryOf[K] | undefined> {
  const [table, column] = [`directory_${kind}_external_id`, `${kind}_id`];
  const holder = `id = (SELECT ${column} FROM ${table} WHERE issuer = ? AND external_id = ?)`;
  const [entry] = yield* selectEntries(dialect, kind, holder, issuer, id);
  return entry;
}

/** Replaces the external ids of a user or a group. @throws {Refusal} `taken` where another one has one of them */
export function* writeExternalIds(
  { dialect }: StepContext,
  kind: 'user' | 'group',
  id: string,
  externalIds: readonly ExternalId[],
): Work<void> {
  requireDistinct(
    externalIds.map(({ issuer }) => issuer),
    'external ids of the issuer',
  );
  const [table, column] = [`directory_${kind}_external_id`, `${kind}_id`];
  yield* run(`DELETE FROM ${table} WHERE ${column} = ?`, idValue(kind, id));
  for (const { issuer, id: externalId } of externalIds) {
    const inserted = yield* run(
      `INSERT INTO ${table} (issuer, external_id, ${column}) VALUES (?, ?, ?)
       ON CONFLICT (issuer, external_id) DO NOTHING`,
      ...[issuer, externalId, idValue(kind, id)],
    );
    if (inserted === 1) continue;
    const by = yield* findByExternalId(dialect, kind, { issuer, id: externalId });
    if (by !== undefined) {
      throw new Refusal({ kind: 'taken', what: 'externalId', by: entryRef(kind, by) });
    }
  }
}
