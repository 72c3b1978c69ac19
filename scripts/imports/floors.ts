import type { Import } from './read-imports.ts';

/** Which packages each package may import: those of the floors below its own (CONTRIBUTING.md). */
const below: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  smithy: [],
  client: ['wire'],
  codegen: ['client', 'wire', 'smithy'],
  server: ['codegen', 'client', 'wire', 'smithy'],
};

/** Checks an import between packages. @returns why it is refused, and what to do instead; undefined where it is allowed */
export function floorFault({ from, to, specifier }: Import): string | undefined {
  const importer = packageOf(from);
  const imported = packageOf(to);
  if (importer === undefined || importer === imported) return undefined;
  if (imported === undefined) {
    return `a package imports only packages, and ${to} is in none: move what is shared into a package`;
  }
  const allowed = below[importer];
  if (allowed === undefined) return `scripts/imports/floors.ts has no floor for ${importer}: add one`;
  if (!allowed.includes(imported)) {
    return `${importer} may import ${allowed.join(', ') || 'no other package'}: move what is shared to a floor below both`;
  }
  if (specifier.startsWith('.'))
    return `a relative path leaves the package: import ${imported} by its package name`;
  return undefined;
}

function packageOf(file: string): string | undefined {
  return /^packages\/([^/]+)\//.exec(file)?.[1];
}
