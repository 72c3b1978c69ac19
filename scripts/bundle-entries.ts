import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

export interface Entries {
  /** What is imported by name: files by the name of what they become. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** The one of them that every program imports. */
  readonly core: string;
  /** Of each of these, every program imports at least one. */
  readonly alternatives: readonly (readonly string[])[];
  readonly outdir: string;
  /** Whether what stands in `X.web.ts` takes the place of `X.ts`. */
  readonly isWeb: boolean;
}

/**
 * Makes a file of each entry, and files of what they share.
 *
 * esbuild keeps modules in one file that the same entries reach, so that what every program loads, of which each entry
 * reaches a little, would become dozens of them; each takes a program half a millisecond to load. So whatever else there
 * is is made to reach all of that.
 */
export async function bundleEntries(entries: Entries): Promise<void> {
  const { entryPoints, outdir, isWeb } = entries;
  const common = {
    ...{ outdir, chunkNames: 'shared/[name]-[hash]', external: ['node:*'] },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'es2023' },
    // What only bundlers read need not be laid out for people.
    minifyWhitespace: isWeb,
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

/** The files that every program loads, relative to the working directory. */
function alwaysLoaded({ inputs }: Metafile, { core, alternatives }: Entries): ReadonlySet<string> {
  const closure = (file: string) => {
    const reached = new Set([relative('', file)]);
    // A set yields what is added while it is walked.
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
  /** What a file is made to import before all else. */
  first(file: string): readonly string[];
}

/** Entries may be among what every program loads: what is made to reach all of it is put before them. */
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
