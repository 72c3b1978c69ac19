import { randomUUID } from 'node:crypto';
import type { CommandDirectory } from '../control/command-directory.ts';
import { type Conflict, type DirectoryStep, MAX_STEPS } from '../store/port/directory-change.ts';

export interface ApplyOptions {
  /** Who imports. */
  readonly actor: string;
  /** Told how many steps are done. */
  readonly onProgress?: (done: number) => void;
}

export type ApplyOutcome =
  | { readonly kind: 'done' }
  /** Something has changed since the plan was made: the steps before are done, this one and those after it are not. */
  | {
      readonly kind: 'stopped';
      readonly done: number;
      readonly step: DirectoryStep;
      readonly conflict: Conflict;
    };

/** Applies the steps of an import, at most 100 at a time. */
export async function applyImport(
  directory: CommandDirectory,
  steps: readonly DirectoryStep[],
  { actor, onProgress = () => {} }: ApplyOptions,
): Promise<ApplyOutcome> {
  /** Ids that were given up, as they follow from a name whose last bearer was removed, and those in their place. */
  const replaced = new Map<string, string>();
  for (let done = 0; done < steps.length; ) {
    const chunk = steps.slice(done, done + MAX_STEPS).map((step) => withIds(step, replaced));
    const outcome = await directory.changeDirectory({ id: randomUUID(), actor, steps: chunk });
    if (outcome.kind === 'changed') {
      done += chunk.length;
      onProgress(done);
      continue;
    }
    const { conflict } = outcome;
    const step = chunk[outcome.step];
    if (conflict.kind === 'spent' && !replaced.has(conflict.id) && isDerived(conflict.id)) {
      replaced.set(conflict.id, randomUUID());
      continue;
    }
    if (step === undefined) throw new Error('Import the directory: the refused change names no step');
    if (outcome.step > 0) {
      const before = { id: randomUUID(), actor, steps: chunk.slice(0, outcome.step) };
      const retried = await directory.changeDirectory(before);
      if (retried.kind === 'changed') done += outcome.step;
    }
    return { kind: 'stopped', done, step, conflict };
  }
  return { kind: 'done' };
}

/** Whether a UUID follows from a name: those of users and groups that are declared have version 8 (RFC 9562). */
function isDerived(id: string): boolean {
  return id.charAt(14) === '8';
}

/** A step with ids replaced, wherever it has them. */
function withIds(step: DirectoryStep, replaced: ReadonlyMap<string, string>): DirectoryStep {
  if (replaced.size === 0) return step;
  return JSON.parse(JSON.stringify(step), (_, value: unknown) =>
    typeof value === 'string' ? (replaced.get(value) ?? value) : value,
  );
}
