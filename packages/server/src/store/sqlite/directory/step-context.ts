import type { EntryKind, EntryOf } from '../../port/directory.ts';
import type { DirectoryChange } from '../../port/directory-change.ts';
import type { PreparedStatements } from '../prepared-statements.ts';
import { findEntry, type NamedKind } from './entry-queries.ts';
import { entryRef, Refusal } from './refusal.ts';

/** What a step of a change works with. */
export interface StepContext extends Pick<DirectoryChange, 'source' | 'actor' | 'nowMs'> {
  readonly statements: PreparedStatements;
}

/** The entry with an id. @throws {Refusal} `missing` */
export function getEntry<K extends NamedKind>({ statements }: StepContext, kind: K, id: string): EntryOf[K] {
  const entry = findEntry(statements, kind, { id });
  if (entry === undefined) throw new Refusal({ kind: 'missing', what: kind, id });
  return entry;
}

/** The entry with an id, which the source of the change owns. @throws {Refusal} `missing`, `owned`, `outdated` */
export function getOwnEntry<K extends NamedKind>(
  context: StepContext,
  kind: K,
  id: string,
  ifRevision?: number,
): EntryOf[K] {
  const entry = getEntry(context, kind, id);
  refuseOthers(context, kind, entry);
  if (ifRevision !== undefined && ifRevision !== entry.revision) {
    throw new Refusal({ kind: 'outdated', revision: entry.revision });
  }
  return entry;
}

/** @throws {Refusal} `owned` where the entry is not one of the source of the change */
export function refuseOthers<K extends EntryKind>({ source }: StepContext, kind: K, entry: EntryOf[K]): void {
  if (entry.source !== source) throw new Refusal({ kind: 'owned', entry: entryRef(kind, entry) });
}
