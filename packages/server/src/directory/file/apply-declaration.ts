import { hash } from 'node:crypto';
import type { DirectoryWriter } from '../../store/port/directory-change.ts';
import { adoptedVersion } from './adopted-version.ts';
import type { DirectoryConfig } from './declaration.ts';
import { DeclaredEntries } from './declared-entries.ts';
import { inspectFile } from './inspect-file.ts';
import { type Reconciled, reconcileFile } from './reconcile-file.ts';
import type { FileStore } from './sides.ts';

/**
 * Applies a declaration that is in memory, in place of the one before, without asking whether it ends many people's access.
 *
 * @throws when another source has what is declared
 */
export async function applyDeclaration(
  store: FileStore & DirectoryWriter,
  directory: DirectoryConfig,
  { instanceId, now }: { readonly instanceId: string; readonly now: () => number },
): Promise<Reconciled> {
  const declared = new DeclaredEntries(directory, instanceId);
  const { ids, conflicts } = await inspectFile(store, declared);
  const [conflict] = conflicts;
  if (conflict !== undefined) {
    throw new Error(`Apply a directory: the ${conflict.kind} "${conflict.key}" is there already`);
  }
  return reconcileFile({
    ...{ store, declared, ids, now },
    digest: hash('sha256', JSON.stringify(directory), 'buffer'),
    ...((await store.adoptsVersions()) && { versionOf: adoptedVersion }),
  });
}
