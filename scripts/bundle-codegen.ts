import { join } from 'node:path';
import { build } from 'esbuild';
import { copyDeclarations } from './copy-declarations.ts';

/**
 * Bundles the generator with what it uses of wire and client into one file. What else it imports is installed: `Model` of
 * `@latchkey/smithy` is a class, of which a program and the generator must have the same.
 *
 * @param compiled - folder of the declarations, with one folder for each package
 * @param target - folder of the package
 * @param dependencies - packages that are installed beside it
 * @returns the exports of the package
 */
export async function bundleCodegen(
  root: string,
  compiled: string,
  target: string,
  dependencies: readonly string[],
): Promise<Readonly<Record<string, object>>> {
  await build({
    entryPoints: { mod: join(root, 'packages/codegen/src/mod.ts') },
    outdir: join(target, 'src'),
    external: [...dependencies],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'es2024' },
  });
  copyDeclarations({
    compiled,
    target: join(target, 'types'),
    entries: ['codegen/src/mod'],
    bundled: ['client', 'codegen', 'wire'],
  });
  return { '.': { types: './types/codegen/src/mod.d.ts', default: './src/mod.js' } };
}
