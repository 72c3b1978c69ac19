import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Folder of the bundle. Two levels deep, like the sources, which find files of the package relative to themselves. */
const FOLDER = 'src/bundle';

/**
 * Bundles the server and the libraries that it uses into few files, which start in two thirds of the time. What is loaded
 * on demand stays in files of its own.
 *
 * @param target - folder of the package
 * @returns the folders of the libraries that are in the bundle, and the command line and the testing kit as paths in the package
 */
export async function bundleServer(
  root: string,
  target: string,
): Promise<{ readonly bundled: ReadonlySet<string>; readonly main: string; readonly testingKit: string }> {
  const source = join(root, 'packages/server/src');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      latchkey: join(source, 'cli/main.js'),
      'testing-kit': join(source, 'testing-kit/mod.ts'),
      'read-directory-worker': join(source, 'config/read-directory-worker.ts'),
      'render-worker': join(source, 'typed-clients/render-worker.ts'),
      'index-worker': join(source, 'typed-clients/search/index-worker.ts'),
      'checkpoint-worker': join(source, 'store/sqlite/checkpoint-worker.ts'),
    },
    outdir: join(target, FOLDER),
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24', metafile: true },
    // pg loads these in Cloudflare's runtime, or where a program asks for them; ours never does.
    external: ['pg-cloudflare', 'pg-native', 'pgpass'],
    // yaml's build for Node is CommonJS; bundled by esbuild, `import('yaml')` of it has no named exports.
    alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') },
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  });
  cpSync(join(source, 'web/assets'), join(target, FOLDER, 'assets'), { recursive: true });
  // As they are: an old Node must read them before anything else.
  for (const file of ['required-node.cjs', 'testing-kit/entry.cjs', 'testing-kit/entry.js'])
    cpSync(join(source, file), join(target, 'src', file));
  const folders = Object.keys(metafile.inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return {
    bundled: new Set(folders),
    main: `./${FOLDER}/latchkey.js`,
    testingKit: `./${FOLDER}/testing-kit.js`,
  };
}
