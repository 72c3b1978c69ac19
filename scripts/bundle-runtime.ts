import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { RuntimeBundle } from '../packages/server/src/typed-clients/runtime-bundle.ts';
import { clientEntries } from './client-entries.ts';

const root = join(import.meta.dirname, '..');

/**
 * Bundles the runtime of served modules into one file, which exports all that the files of the runtime export which programs and
 * modules import. What the sources load on demand is in it, too. It keeps its names and lines, for stack traces.
 */
export function bundleRuntime(): RuntimeBundle {
  const source = join(root, 'packages/client/src');
  const entries = clientEntries(root);
  const { metafile, outputFiles } = buildSync({
    absWorkingDir: root,
    stdin: {
      contents: entries.map((name) => `export * from './${name}.ts';`).join('\n'),
      resolveDir: source,
    },
    ...{ bundle: true, format: 'esm', platform: 'neutral', target: 'es2023', external: ['node:*'] },
    ...{ metafile: true, write: false, legalComments: 'none' },
  });
  const sources = Object.keys(metafile.inputs)
    .filter((file) => file !== '<stdin>')
    .map((file) => join(root, file));
  return {
    text: outputFiles.map(({ text }) => text).join(''),
    entries,
    sources: sources.map((path) => ({ path, mtimeMs: statSync(path).mtimeMs })),
  };
}
