import type { CommandDirectory, NamedKind } from '../control/command-directory.ts';
import type { DirectoryStep, EntryRef } from '../store/port/directory-change.ts';

/** What an import does. */
export interface ImportPlan {
  /** In an order in which what is referred to comes first. */
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

/** A plan that is being made. */
export interface PlanInProgress {
  readonly directory: CommandDirectory;
  readonly steps: DirectoryStep[];
  readonly changes: PlannedChange[];
  readonly conflicts: ImportConflict[];
  unchanged: number;
  /** Ids by name key of what is imported or was looked up; `null` for what is not there. */
  readonly ids: { readonly [K in NamedKind]: Map<string, string | null> };
  /** Ids of what is added: nothing refers to it yet. */
  readonly added: Set<string>;
  /** Told how many more of the declared entries were compared. */
  readonly onCompared: (entries: number) => void;
}
