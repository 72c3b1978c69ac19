import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskBytes } from '../machine/workspace.ts';
import type { SideName } from './figures.ts';
import type { Side } from './sides.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** The packages that a program with clients of these services asks for. */
const packagesOf: Readonly<Record<SideName, (services: readonly string[]) => readonly string[]>> = {
  latchkey: () => ['@latchkey/client'],
  sdk: (services) => services.map((each) => `@aws-sdk/client-${each}`),
  'aws-lite': (services) => ['@aws-lite/client', ...services.map((each) => `@aws-lite/${each}`)],
  aws4fetch: () => ['aws4fetch'],
};

export interface Installed {
  readonly bytes: number;
  readonly packages: number;
}

/** Size of an installation for calls of these services: packages with their dependencies, and generated modules. */
export function installed({ name, folder }: Side, services: readonly string[]): Installed {
  const modules = join(folder, 'node_modules');
  const { packages }: Lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  const needed = new Set(packagesOf[name](services));
  // Iteration over a set includes what is added meanwhile.
  for (const each of needed) {
    const { dependencies = {} } = packages[`node_modules/${each}`] ?? {};
    for (const dependency of Object.keys(dependencies)) needed.add(dependency);
  }
  const generated =
    name === 'latchkey' ? services.map((each) => statSync(join(folder, `${each}.js`)).size) : [];
  const ofPackages = Array.from(needed, (each) => diskBytes(join(modules, each)));
  const bytes = [...generated, ...ofPackages].reduce((sum, each) => sum + each, 0);
  return { bytes, packages: needed.size };
}
