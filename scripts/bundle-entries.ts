import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

export interface Entries {
  /** Source files by the name of their output file. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** The source file that every program imports. */
  readonly core: string;
  /** Groups of source files: every program imports at least one file of each. */
  readonly alternatives: readonly (readonly string[])[];
  readonly outdir: string;
  /** Whether `X.web.ts` replaces `X.ts`. */
  readonly isWeb: boolean;
}

/**
 * Bundles every entry into a file, with chunks for what they share.
 *
 * esbuild makes one chunk for all modules that the same entries reach. The modules that every program loads would become
 * dozens of chunks, as each entry reaches some of them, and each chunk takes half a millisecond to load. So every module
 * is made to import all of these, and they become one chunk.
 */
export async function bundleEntries(entries: Entries): Promise<void> {
  const { entryPoints, outdir, isWeb } = entries;
  const common = {
    ...{ outdir, chunkNames: 'shared/[name]-[hash]', external: ['node:*'] },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'es2023' },
    // Only bundlers read the files for the Web, so they need neither layout nor long names.
    minify: isWeb,
  } as const satisfies BuildOptions;
  const unchanged = [readSources({ isWeb, first: () => [] })];
  const { metafile } = await build({
    ...{ ...common, entryPoints: Object.values(entryPoints), plugins: unchanged },
    ...{ metafile: true, write: false },
  });
  const always = alwaysLoaded(metafile, entries);
  const all = Array.from(always, (file) => resolve(file));
  const first = (file: string) => (all.includes(file) ? [] : all);
  await build({ ...common, entryPoints, plugins: [entriesThatImport(all), readSources({ isWeb, first })] });
}

/** Files that every program loads, relative to the working directory. */
function alwaysLoaded({ inputs }: Metafile, { core, alternatives }: Entries): ReadonlySet<string> {
  const closure = (file: string) => {
    const reached = new Set([relative('', file)]);
    // Iteration over a set includes what is added meanwhile.
    for (const each of reached) {
      for (const { path, kind } of inputs[each]?.imports ?? []) {
        if (kind === 'import-statement') reached.add(path);
      }
    }
    return reached;
  };
  const ofEach = alternatives.map((files) => files.map(closure).reduce((all, one) => all.intersection(one)));
  return ofEach.reduce((all, one) => all.union(one), closure(core));
}

interface Reading {
  readonly isWeb: boolean;
  /** Files that a file is made to import first. */
  first(file: string): readonly string[];
}

/** Wraps every entry in a module that imports these files first: an entry may be one of them itself. */
function entriesThatImport(files: readonly string[]): Plugin {
  return {
    name: 'entries',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'entry-point' ? { path, namespace: 'entry' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'entry' }, ({ path }) => ({
        contents: `${importsOf(files)}export * from ${JSON.stringify(path)};`,
        resolveDir: dirname(path),
      }));
    },
  };
}

function importsOf(files: readonly string[]): string {
  return files.map((file) => `import ${JSON.stringify(file)};\n`).join('');
}

function readSources({ isWeb, first }: Reading): Plugin {
  return {
    name: 'sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const standIn = path.replace(/\.ts$/, '.web.ts');
        const source = await readFile(isWeb && existsSync(standIn) ? standIn : path, 'utf8');
        return { contents: importsOf(first(path)) + source, loader: 'ts' };
      });
    },
  };
}
