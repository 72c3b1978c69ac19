import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LockedPackage } from './production-dependencies.ts';

/**
 * Makes the bill of materials of a package: CycloneDX, by `npm sbom`.
 *
 * npm is given a folder with nothing but this package and the part of `package-lock.json` that belongs to it: of a workspace,
 * it describes the folder instead of the package, and leaves out what a test also asks for. When it was made, and its random
 * number, are left out, so that the same sources give the same package.
 *
 * @param manifest - of the package, with the libraries that it contains as dependencies
 * @param libraries - the libraries with theirs, by their folders
 */
export function billOfMaterials(
  manifest: { readonly name: string; readonly version: string },
  libraries: ReadonlyMap<string, LockedPackage>,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-sbom-'));
  try {
    const packages = Object.fromEntries(
      [...libraries].map(([path, { ...locked }]) => {
        for (const mark of ['dev', 'devOptional', 'optional', 'peer']) Reflect.deleteProperty(locked, mark);
        return [path, locked];
      }),
    );
    const { name, version } = manifest;
    const lock = {
      name,
      version,
      lockfileVersion: 3,
      requires: true,
      packages: { '': manifest, ...packages },
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const flags = ['--sbom-format=cyclonedx', '--package-lock-only', '--offline'];
    const text = execFileSync('npm', ['sbom', ...flags], { cwd: folder, encoding: 'utf8' });
    const { serialNumber: _, ...bill } = JSON.parse(text);
    delete bill.metadata.timestamp;
    // npm takes the name of the folder.
    bill.metadata.component.name = name;
    return `${JSON.stringify(bill, null, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads the names and versions in a bill of materials, e.g. `pg@8.23.1`. */
export function componentsOf(file: string): readonly string[] {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly components: readonly { readonly name: string; readonly version: string }[];
  };
  return components.map(({ name, version }) => `${name}@${version}`);
}
