import { randomUUID } from 'node:crypto';
import type { CommandDirectory } from '../control/command-directory.ts';
import {
  type ChangeOutcome,
  type Conflict,
  type DirectoryStep,
  MAX_STEPS,
} from '../store/port/directory-change.ts';
import type { ImportConflict, ImportPart } from './import-plan.ts';

export interface ApplyOptions {
  /** Who imports. */
  readonly actor: string;
  /** What was in conflict when the file was compared before, and is passed over. */
  readonly knownConflicts: readonly ImportConflict[];
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
    }
  /** Something is in conflict that was not before: the same. */
  | { readonly kind: 'conflicting'; readonly done: number; readonly conflict: ImportConflict };

/** Applies the steps of an import, at most 100 at a time, as its parts are made. */
export async function applyImport(
  directory: CommandDirectory,
  parts: AsyncIterable<Pick<ImportPart, 'steps' | 'conflicts'>>,
  { actor, knownConflicts, onProgress = () => {} }: ApplyOptions,
): Promise<ApplyOutcome> {
  const importer = new Importer(directory, actor, onProgress);
  const known = new Set(knownConflicts.map(nameOf));
  for await (const { steps, conflicts } of parts) {
    const conflict = conflicts.find((each) => !known.has(nameOf(each)));
    if (conflict !== undefined) return { kind: 'conflicting', done: importer.done, conflict };
    const stopped = await importer.add(steps);
    if (stopped !== undefined) return stopped;
  }
  return (await importer.flush()) ?? { kind: 'done' };
}

const nameOf = ({ kind, name }: ImportConflict) => `${kind} ${name}`;

type Stopped = Extract<ApplyOutcome, { kind: 'stopped' }>;

class Importer {
  readonly #directory: CommandDirectory;
  readonly #actor: string;
  readonly #onProgress: (done: number) => void;
  /** Ids that were given up, as they follow from a name whose last bearer was removed, and those in their place. */
  readonly #replaced = new Map<string, string>();
  #waiting: readonly DirectoryStep[] = [];
  #done = 0;

  constructor(directory: CommandDirectory, actor: string, onProgress: (done: number) => void) {
    this.#directory = directory;
    this.#actor = actor;
    this.#onProgress = onProgress;
  }

  /** How many steps are done. */
  get done(): number {
    return this.#done;
  }

  async add(steps: readonly DirectoryStep[]): Promise<Stopped | undefined> {
    this.#waiting = [...this.#waiting, ...steps];
    return this.#applyWhile(() => this.#waiting.length >= MAX_STEPS);
  }

  /** Applies what is left. */
  flush(): Promise<Stopped | undefined> {
    return this.#applyWhile(() => this.#waiting.length > 0);
  }

  async #applyWhile(isDue: () => boolean): Promise<Stopped | undefined> {
    while (isDue()) {
      const stopped = await this.#applySome();
      if (stopped !== undefined) return stopped;
    }
    return undefined;
  }

  async #applySome(): Promise<Stopped | undefined> {
    const steps = this.#waiting.slice(0, MAX_STEPS).map((step) => withIds(step, this.#replaced));
    const outcome = await this.#change(steps);
    if (outcome.kind === 'changed') {
      this.#waiting = this.#waiting.slice(steps.length);
      this.#done += steps.length;
      this.#onProgress(this.#done);
      return undefined;
    }
    const { conflict } = outcome;
    const step = steps[outcome.step];
    if (conflict.kind === 'spent' && !this.#replaced.has(conflict.id) && isDerived(conflict.id)) {
      this.#replaced.set(conflict.id, randomUUID());
      return undefined;
    }
    if (step === undefined) throw new Error('Import the directory: the refused change names no step');
    if (outcome.step > 0) {
      const retried = await this.#change(steps.slice(0, outcome.step));
      if (retried.kind === 'changed') this.#done += outcome.step;
    }
    return { kind: 'stopped', done: this.#done, step, conflict };
  }

  #change(steps: readonly DirectoryStep[]): Promise<ChangeOutcome> {
    return this.#directory.changeDirectory({ id: randomUUID(), actor: this.#actor, steps });
  }
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
