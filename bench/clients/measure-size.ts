import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import type { ClientBench } from './bench.ts';
import { environment } from './environment.ts';
import { installed } from './installed.ts';
import type { Side } from './sides.ts';
import { withStub } from './with-stub.ts';

/** Measures the size of a program that makes one call: bundled, and installed. */
export async function measureSize(bench: ClientBench): Promise<void> {
  const { calls, figures, progress, sides } = bench;
  await withStub(bench, async (port) => {
    for (const { service } of calls) {
      progress.step(`bundles: ${service}`);
      for (const side of sides) {
        const { name } = side;
        const program = side.programs[service];
        if (program === undefined) continue;
        figures.add(`${service} bundle for Node bytes`, name, await bundleBytes(side, program, 'node'));
        if (side.isForBrowsers) {
          const bytes = await bundleBytes(side, program, 'browser');
          figures.add(`${service} bundle for browsers bytes`, name, bytes);
        }
        figures.add(
          `${service} loaded of a split bundle bytes`,
          name,
          await loadedBytes(side, program, port),
        );
      }
    }
  });
  for (const side of sides) {
    for (const { service } of calls) {
      if (!(service in side.programs)) continue;
      figures.add(`${service} installed bytes`, side.name, installed(side, [service]).bytes);
    }
    if (!calls.every(({ service }) => service in side.programs)) continue;
    const { bytes, packages } = installed(
      side,
      calls.map(({ service }) => service),
    );
    figures.add('installed bytes', side.name, bytes);
    figures.add('packages', side.name, packages);
  }
}

/** Size of a bundle in one file. */
async function bundleBytes({ folder }: Side, program: string, platform: 'node' | 'browser'): Promise<number> {
  const options = { ...common, outdir: join(folder, 'bundle'), platform, write: false } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [program] });
  return outputFiles.reduce((sum, { contents }) => sum + gzippedBytes(contents), 0);
}

/** Size of the files that a call loads from a split bundle for Node. */
async function loadedBytes({ folder }: Side, program: string, port: number): Promise<number> {
  const outdir = join(folder, 'split');
  // CommonJS code that the SDK bundles imports Node's modules by `require`.
  const banner = `import{createRequire}from'node:module';const require=createRequire(import.meta.url);`;
  const { metafile } = await build({
    ...common,
    ...{ absWorkingDir: folder, entryPoints: { call: program }, outdir, banner: { js: banner } },
    ...{ platform: 'node', splitting: true, metafile: true },
  });
  const args = [join(import.meta.dirname, 'list-loaded.ts'), join(outdir, 'call.js')];
  const printed = execFileSync(process.execPath, args, { env: environment(folder, port), encoding: 'utf8' });
  const loaded: readonly string[] = JSON.parse(printed);
  const built = Object.keys(metafile.outputs).map((file) => join(folder, file));
  return built
    .filter((file) => loaded.includes(file))
    .reduce((sum, file) => sum + gzippedBytes(readFileSync(file)) - banner.length, 0);
}

const common = {
  ...{ bundle: true, minify: true, format: 'esm', legalComments: 'none', logLevel: 'error' },
} as const satisfies BuildOptions;

function gzippedBytes(contents: Uint8Array): number {
  return gzipSync(contents, { level: 9 }).length;
}
