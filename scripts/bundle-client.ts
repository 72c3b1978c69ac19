import { globSync } from 'node:fs';
import { join } from 'node:path';
import { bundleEntries } from './bundle-entries.ts';
import { clientEntries } from './client-entries.ts';

/** Credential providers that need a machine, so that bundles for browsers and Workers leave them out. */
const NEEDS_A_MACHINE = /^credentials\/from-(?!environment$)/;

/**
 * Bundles the client, and what it uses of wire, as one package without dependencies: one file for each public import,
 * and chunks for what they share. Everything is there twice; the files in `web`, for browsers and Workers, leave out what
 * these cannot use.
 *
 * @param target - folder of the package
 * @returns the exports of the package
 */
export async function bundleClient(root: string, target: string): Promise<Readonly<Record<string, object>>> {
  const source = join(root, 'packages/client/src');
  const names = clientEntries(root);
  const webNames = names.filter((name) => !NEEDS_A_MACHINE.test(name));
  const bundle = (wanted: readonly string[], folder: 'src' | 'web') =>
    bundleEntries({
      entryPoints: Object.fromEntries(wanted.map((name) => [name, join(source, `${name}.ts`)])),
      core: join(source, 'mod.ts'),
      alternatives: ['protocols/*.ts', 'endpoints/{rules,standard}.ts'].map((files) =>
        globSync(files, { cwd: source }).map((file) => join(source, file)),
      ),
      outdir: join(target, folder),
      isWeb: folder === 'web',
    });
  await bundle(names, 'src');
  await bundle(webNames, 'web');
  return Object.fromEntries(
    names.map((name) => {
      const web = `./web/${name}.js`;
      const conditions = webNames.includes(name) && { workerd: web, browser: web };
      const types = `./types/client/src/${name}.d.ts`;
      return [name === 'mod' ? '.' : `./${name}`, { types, ...conditions, default: `./src/${name}.js` }];
    }),
  );
}
