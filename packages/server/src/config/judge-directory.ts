import { type FileConflict, type Inspection, inspectFile } from '../directory/file/inspect-file.ts';
import type { FileStore } from '../directory/file/sides.ts';
import { ConfigError } from './config-error.ts';
import type { DirectoryGuard, Verdict } from './directory-guard.ts';
import type { ReadDirectory } from './loaded-directory.ts';

export interface JudgeOptions {
  /** The directory before the change. */
  readonly store: FileStore;
  readonly instanceId: string;
  readonly guard: DirectoryGuard;
  readonly signal?: AbortSignal;
}

export interface Judgement {
  readonly inspection: Inspection;
  readonly verdict: Verdict;
}

/**
 * Finds out what a directory that was read would change, and whether a server takes it.
 *
 * @throws {ConfigError} with every entry that another source has
 */
export async function judgeDirectory(
  directory: ReadDirectory,
  { store, instanceId, guard, signal }: JudgeOptions,
): Promise<Judgement> {
  await directory.declare(instanceId);
  const inspection = await inspectFile(store, directory, signal);
  if (inspection.conflicts.length > 0) {
    const problems = inspection.conflicts.map((conflict) =>
      directory.problemAt(conflict.kind, conflict.key, describe(conflict)),
    );
    throw new ConfigError(await Promise.all(problems));
  }
  return { inspection, verdict: guard.judge({ facts: directory.facts, inspection }) };
}

function describe({ kind, key, what }: FileConflict): string {
  const subject = SUBJECTS[kind](key);
  if ('owner' in what) {
    return `${subject} is in the directory already, from "${what.owner}", and only its source changes it: take it out of the file, where members and assignments may name it all the same`;
  }
  if ('spentId' in what) {
    return `${subject} cannot have this id: it belonged to somebody who was removed, and is never given to a second person. Give another id, or none`;
  }
  if ('externalId' in what) {
    const { externalId, of, from } = what;
    return `${subject} cannot have the external id "${externalId.id}" of "${externalId.issuer}": ${kind} "${of}", from "${from}", has it. Take it away there first`;
  }
  return `${subject} cannot have this id: ids never change, and the directory has ${what.id} already`;
}

const SUBJECTS: { readonly [K in FileConflict['kind']]: (key: string) => string } = {
  user: (key) => `user "${key}"`,
  group: (key) => `group "${key}"`,
  account: (key) => `account "${key}"`,
  permissionSet: (key) => `permission set "${key}"`,
  membership: () => 'this membership',
  userAssignment: () => 'an assignment to a user that this makes',
  groupAssignment: () => 'an assignment to a group that this makes',
};
