import type { FileStore } from '../directory/file/sides.ts';
import type { DirectoryGuard, Verdict } from './directory-guard.ts';
import type { Findings, ReadDirectory } from './loaded-directory.ts';

export interface JudgeOptions {
  /** The directory before the change. */
  readonly store: FileStore;
  readonly instanceId: string;
  readonly guard: DirectoryGuard;
  readonly signal?: AbortSignal;
}

export interface Judgement {
  readonly findings: Findings;
  readonly verdict: Verdict;
}

/**
 * Finds out what a directory that was read would change, and whether a server takes it.
 *
 * @throws {ConfigError} with every entry that another source has
 */
export async function judgeDirectory(
  directory: ReadDirectory,
  { guard, ...options }: JudgeOptions,
): Promise<Judgement> {
  const findings = await directory.inspect(options);
  return { findings, verdict: guard.judge({ facts: directory.facts, inspection: findings }) };
}
