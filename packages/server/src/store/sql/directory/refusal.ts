import type { EntryKind, EntryOf } from '../../port/directory.ts';
import type { Conflict, EntryRef } from '../../port/directory-change.ts';
import { entryKey } from '../../port/entry-key.ts';

/** Thrown by a step that meets a conflict: nothing of its change stays. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly conflict: Conflict;

  constructor(conflict: Conflict) {
    super(`The change of the directory is refused: ${conflict.kind}`);
    this.conflict = conflict;
  }
}

/** Names an entry in a conflict. */
export function entryRef<K extends EntryKind>(kind: K, entry: EntryOf[K]): EntryRef {
  const { source } = entry;
  if ('userName' in entry) return { kind, id: entry.id, name: entry.userName, source };
  if ('name' in entry) return { kind, id: entry.id, name: entry.name, source };
  return { kind, id: entryKey(kind, entry), source };
}
