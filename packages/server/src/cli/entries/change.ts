import { randomUUID } from 'node:crypto';
import type { ChangeOutcome, DirectoryStep, StepResult } from '../../store/port/directory-change.ts';
import { CommandError } from '../exit-code.ts';
import { commandActor } from './actor.ts';
import { explainConflict } from './explain-conflict.ts';
import type { OpenedDirectory } from './open-directory.ts';

/**
 * Changes the directory by a few steps: all, or none.
 *
 * @returns what each step did
 * @throws {CommandError} when the change is refused, with what to do about it
 */
export async function change(
  { directory }: Pick<OpenedDirectory, 'directory'>,
  steps: readonly DirectoryStep[],
): Promise<readonly StepResult[]> {
  const outcome: ChangeOutcome = await directory.changeDirectory({
    id: randomUUID(),
    actor: commandActor(),
    steps,
  });
  if (outcome.kind === 'changed') return outcome.results;
  const step = steps[outcome.step];
  throw new CommandError(await explainConflict(directory, outcome.conflict, step));
}
