import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Folder of the bundle. Two levels deep, like the sources, which find files of the package relative to themselves. */
const FOLDER = 'src/bundle';

/**
 * Bundles the server and the libraries that it uses into few files, which start in two thirds of the time. What is loaded
 * on demand stays in files of its own.
 *
 * @param target - folder of the package
 * @returns the command line and the testing kit, as paths in the package
 */
export async function bundleServer(
  root: string,
  target: string,
): Promise<{ readonly main: string; readonly testingKit: string }> {
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
  // As they are: a bundle is an ES module, in which `require` of an old Node finds no names.
  for (const file of ['required-node.cjs', 'testing-kit/entry.cjs'])
    cpSync(join(source, file), join(target, 'src', file));
  writeFileSync(join(target, 'NOTICE'), renderNotice(root, Object.keys(metafile.inputs)));
  return { main: `./${FOLDER}/latchkey.js`, testingKit: `./${FOLDER}/testing-kit.js` };
}

/** Renders NOTICE: the licences of all bundled libraries. */
function renderNotice(root: string, inputs: readonly string[]): string {
  const folders = inputs.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  const licences = Array.from(new Set(folders.toSorted()), (folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return `${name} ${version}\n\n${readLicence(join(root, folder))}\n`;
  });
  return `Latchkey contains these libraries, each under its own licence.\n\n${licences.join('\n---\n\n')}`;
}

/** Reads the licence of a library: a file of its own, or the last section of what there is to read. */
function readLicence(folder: string): string {
  const [file] = globSync('{LICEN[CS]E,licen[cs]e}*', { cwd: folder });
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  const [, section] = /^#+ licen[cs]e$(.*)/ims.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  if (section === undefined) throw new Error(`${folder} has no licence to publish it with`);
  return section.trim();
}
