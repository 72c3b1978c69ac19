import type { Store } from '../store/store.ts';
import { ConfigError, renderProblem } from './config-error.ts';
import type { DirectoryGuard } from './directory-guard.ts';
import { describeLargeChange } from './explain-refusal.ts';
import { judgeDirectory } from './judge-directory.ts';
import type { ReadDirectory } from './loaded-directory.ts';

/**
 * Applies what a configuration declares, as the next start of a server would, so that a command without a server finds it.
 * What the guard refuses, or other sources have, is not applied: the warnings say so.
 */
export async function applyConfiguration(
  directory: ReadDirectory,
  options: {
    readonly store: Store;
    readonly instanceId: string;
    readonly guard: DirectoryGuard;
    readonly now: () => number;
    readonly warn: (message: string) => void;
  },
): Promise<void> {
  const { store, guard, now, warn } = options;
  const { facts } = directory;
  try {
    const { verdict } = await judgeDirectory(directory, options);
    if (verdict.kind === 'empty') {
      warn('The configuration has no settings at all: the directory stays as it was');
    } else if (verdict.kind === 'refused') {
      warn(
        `The configuration ${describeLargeChange(verdict.change)}, which a server refuses until it is confirmed: the directory stays as it was. \`latchkey check\` says how to confirm it`,
      );
    } else {
      guard.take(facts, verdict.confirmed);
      const done = await directory.reconcile({ store, now });
      if (done === 'outdated')
        throw new Error('Apply the configuration: another process changes the same database');
      guard.finish();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) warn(renderProblem(problem));
    warn('The directory stays as it was until this is put right');
  }
}
