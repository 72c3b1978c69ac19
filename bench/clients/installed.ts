import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskBytes } from '../machine/workspace.ts';
import type { Side } from './sides.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> }>>;
}

/** What a program that calls STS has installed: its packages with all that they need, and Latchkey's generated module. */
export function installed({ name, folder }: Side): { readonly bytes: number; readonly packages: number } {
  const modules = join(folder, 'node_modules');
  const { packages }: Lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  const needed = new Set([name === 'sdk' ? '@aws-sdk/client-sts' : '@latchkey/client']);
  // A set yields what is added while it is walked.
  for (const each of needed) {
    const { dependencies = {} } = packages[`node_modules/${each}`] ?? {};
    for (const dependency of Object.keys(dependencies)) needed.add(dependency);
  }
  let bytes = name === 'sdk' ? 0 : statSync(join(folder, 'sts.js')).size;
  for (const each of needed) bytes += diskBytes(join(modules, each));
  return { bytes, packages: needed.size };
}
