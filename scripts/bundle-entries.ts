import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

export interface Entries {
  /** What is imported by name: files by the name of what they become. */
  readonly entryPoints: Readonly<Record<string, string>>;
  /** The one of them that every program imports. */
  readonly core: string;
  readonly outdir: string;
  /** Whether what stands in `X.web.ts` takes the place of `X.ts`. */
  readonly isWeb: boolean;
}

/**
 * Makes a file of each entry, and files of what they share.
 *
 * esbuild keeps modules in one file that the same entries reach, so that a core, of which each entry reaches a little,
 * would become dozens of them; each takes a program as long to load as a hundred lines to run. So whatever is not of the
 * core is made to reach all of it.
 */
export async function bundleEntries({ entryPoints, core, outdir, isWeb }: Entries): Promise<void> {
  const common = {
    ...{ outdir, chunkNames: 'shared/[name]-[hash]', external: ['node:*'] },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'es2023' },
  } as const satisfies BuildOptions;
  const alone = [readSources({ isWeb, first: () => undefined })];
  const { metafile } = await build({
    ...common,
    ...{ entryPoints: [core], plugins: alone, metafile: true, write: false },
  });
  // Both the keys and what is in them are relative to the working directory.
  const inCore = new Set([relative('', core)]);
  // A set yields what is added while it is walked.
  for (const file of inCore) {
    for (const { path, kind } of metafile.inputs[file]?.imports ?? []) {
      if (kind === 'import-statement') inCore.add(path);
    }
  }
  const first = (file: string) => (inCore.has(relative('', file)) ? undefined : core);
  await build({ ...common, entryPoints, plugins: [readSources({ isWeb, first })] });
}

interface Reading {
  readonly isWeb: boolean;
  /** What a file is made to import before all else. */
  first(file: string): string | undefined;
}

function readSources({ isWeb, first }: Reading): Plugin {
  return {
    name: 'sources',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const standIn = path.replace(/\.ts$/, '.web.ts');
        const source = await readFile(isWeb && existsSync(standIn) ? standIn : path, 'utf8');
        const before = first(path);
        return {
          contents: before === undefined ? source : `import ${JSON.stringify(before)};\n${source}`,
          loader: 'ts',
        };
      });
    },
  };
}
