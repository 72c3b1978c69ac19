import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A library as `package-lock.json` has it. */
export interface LockedPackage {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/**
 * Finds the libraries that a program gets with its dependencies, and with theirs, in `package-lock.json`.
 *
 * npm's own marks cannot be used: a library that a test also asks for is marked as one for development.
 *
 * @param names - the direct dependencies
 * @returns entries of the lock file by their folders, e.g. `node_modules/pg`, in alphabetical order
 */
export function productionDependencies(
  root: string,
  names: readonly string[],
): ReadonlyMap<string, LockedPackage> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const found = new Map<string, LockedPackage>();
  const visit = (name: string, importer: string, isOptional: boolean) => {
    const folder = folderOf(name, importer, packages);
    const locked = folder === undefined ? undefined : packages[folder];
    if (folder === undefined || locked === undefined) {
      if (isOptional) return;
      throw new Error(`package-lock.json has no ${name}, which ${importer || 'a package of ours'} needs`);
    }
    if (found.has(folder)) return;
    found.set(folder, locked);
    for (const each of Object.keys(locked.optionalDependencies ?? {})) visit(each, folder, true);
    for (const each of Object.keys(locked.dependencies ?? {})) visit(each, folder, false);
    for (const each of Object.keys(locked.peerDependencies ?? {}))
      if (locked.peerDependenciesMeta?.[each]?.optional !== true) visit(each, folder, false);
  };
  for (const name of names) visit(name, '', false);
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Finds a library as Node does: beside its importer, then in each folder above. */
function folderOf(
  name: string,
  importer: string,
  packages: Readonly<Record<string, LockedPackage>>,
): string | undefined {
  const folder = `${importer}${importer && '/'}node_modules/${name}`;
  if (Object.hasOwn(packages, folder)) return folder;
  if (importer === '') return undefined;
  return folderOf(name, importer.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, ''), packages);
}
