import type { CommandDirectory, NamedKind } from '../control/command-directory.ts';
import type { DirectoryStep, EntryRef } from '../store/port/directory-change.ts';

/** A part of what an import does: some hundred entries. */
export interface ImportPart {
  /** In an order in which what is referred to comes first, over all parts. */
  readonly steps: readonly DirectoryStep[];
  /** What the steps do, in the same order. */
  readonly changes: readonly PlannedChange[];
  readonly conflicts: readonly ImportConflict[];
  /** How many entries, memberships and assignments are there as they are declared. */
  readonly unchanged: number;
}

export type ImportedKind = NamedKind | 'membership' | 'assignment';

export interface PlannedChange {
  readonly does: 'add' | 'change';
  readonly kind: ImportedKind;
  /** E.g. `alice`, or `alice in developers`. */
  readonly name: string;
  /** Names of the values that change, e.g. `displayName`; `password` for a password. */
  readonly values?: readonly string[];
}

/** What keeps an entry from being imported. */
export type ImportConflict = { readonly kind: ImportedKind; readonly name: string } & (
  | { readonly why: 'owned'; readonly entry: EntryRef }
  /** The entry is there with another id. */
  | { readonly why: 'otherId'; readonly id: string }
  /** The id is that of another entry. */
  | { readonly why: 'idTaken'; readonly entry: EntryRef }
  /** What it refers to is neither imported nor there. */
  | { readonly why: 'missing'; readonly what: NamedKind; readonly whatName: string }
);

/** A part that is being made, and what is known for all parts. */
export interface PlanInProgress {
  readonly directory: CommandDirectory;
  readonly part: PartInProgress;
  /** Ids by name key of what is imported or was looked up; `null` for what is not there. */
  readonly ids: { readonly [K in NamedKind]: Map<string, string | null> };
  /** Ids of what is added: nothing refers to it yet. */
  readonly added: Set<string>;
  /** Told how many more of the declared entries were compared. */
  readonly onCompared: (entries: number) => void;
}

/** Entries of a part. */
const PART = 100;

/** Collects what an import does, until it is a part. */
export class PartInProgress {
  steps: DirectoryStep[] = [];
  changes: PlannedChange[] = [];
  conflicts: ImportConflict[] = [];
  unchanged = 0;

  /** Gives away what was collected, where it is enough for a part. */
  *takeIfFull(): Generator<ImportPart> {
    if (this.steps.length + this.conflicts.length >= PART) yield this.take();
  }

  /** Gives away what was collected. */
  take(): ImportPart {
    const { steps, changes, conflicts, unchanged } = this;
    [this.steps, this.changes, this.conflicts, this.unchanged] = [[], [], [], 0];
    return { steps, changes, conflicts, unchanged };
  }
}
