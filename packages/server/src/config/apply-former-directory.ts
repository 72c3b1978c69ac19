import { applyDeclaration } from '../directory/file/apply-declaration.ts';
import type { MessageLog } from '../log/logger.ts';
import type { Store } from '../store/store.ts';
import type { DirectoryGuard } from './directory-guard.ts';
import { readFormerDirectory, removeFormerDirectory } from './former-directory.ts';

/**
 * Puts the directory that was in force under release 0.1 into a store that has none yet, so that the guard compares the file
 * with it, and sessions go on. Its file is removed then.
 */
export async function applyFormerDirectory(
  dataDir: string,
  options: {
    readonly store: Store;
    readonly instanceId: string;
    readonly now: () => number;
    readonly guard: DirectoryGuard;
    readonly log: MessageLog;
  },
): Promise<void> {
  const { store, guard, log } = options;
  try {
    const former = readFormerDirectory(dataDir);
    if (former === undefined) return;
    if ((await store.findSource('file'))?.digest === undefined) {
      await applyDeclaration(store, former.directory, options);
    }
    guard.finish();
    removeFormerDirectory(dataDir);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error(
      `The directory that was in force under the former release cannot be taken over (${reason}): whom the configuration removes or disables is not known`,
    );
  }
}
