import type { EntryKind, EntryOf } from '../../port/directory.ts';
import type { DirectoryChange } from '../../port/directory-change.ts';
import type { Dialect } from '../dialect.ts';
import type { Work } from '../work.ts';
import { findEntry, type NamedKind } from './entry-queries.ts';
import { entryRef, Refusal } from './refusal.ts';

/** What a step of a change works with. */
export interface StepContext extends Pick<DirectoryChange, 'source' | 'actor' | 'nowMs'> {
  readonly dialect: Dialect;
}

/** The entry with an id. @throws {Refusal} `missing` */
export function* getEntry<K extends NamedKind>(
  { dialect }: StepContext,
  kind: K,
  id: string,
): Work<EntryOf[K]> {
  const entry = yield* findEntry(dialect, kind, { id });
  if (entry === undefined) throw new Refusal({ kind: 'missing', what: kind, id });
  return entry;
}

/** The entry with an id, which the source of the change owns. @throws {Refusal} `missing`, `owned`, `outdated` */
export function* getOwnEntry<K extends NamedKind>(
  context: StepContext,
  kind: K,
  id: string,
  ifRevision?: number,
): Work<EntryOf[K]> {
  const entry = yield* getEntry(context, kind, id);
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
