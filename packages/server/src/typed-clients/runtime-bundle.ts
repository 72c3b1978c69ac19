import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runtimeBundle } from './package-files.ts';
import type { SourceFile } from './render-messages.ts';

/** The runtime in one file. */
export interface RuntimeBundle {
  /** JavaScript that exports what all entries export. */
  readonly text: string;
  /** The files of the client that programs and modules import, without extension: `mod`, `credentials/from-sso`. */
  readonly entries: readonly string[];
  /** What it was made from. */
  readonly sources: readonly SourceFile[];
}

/** The bundle as it is served: its name changes with its text, so it may be kept for ever. */
export interface ServedBundle extends RuntimeBundle {
  /** Of the file: `runtime-0123456789abcdef.js`. */
  readonly name: string;
}

let served: Promise<ServedBundle> | undefined;

/** The runtime in one file, as its sources are now. */
export async function loadRuntimeBundle(): Promise<ServedBundle> {
  const last = await served?.catch(() => undefined);
  if (last === undefined || !(await isCurrent(last.sources))) served = load();
  return served as Promise<ServedBundle>;
}

async function load(): Promise<ServedBundle> {
  const bundle = existsSync(runtimeBundle.published) ? await readPublished() : await bundleSources();
  return { ...bundle, name: `runtime-${hash('sha256', bundle.text, 'hex').slice(0, 16)}.js` };
}

async function readPublished(): Promise<RuntimeBundle> {
  const { published } = runtimeBundle;
  const { text, entries } = JSON.parse(await readFile(published, 'utf8'));
  return { text, entries, sources: [await sourceFile(fileURLToPath(published))] };
}

/** In the repository, where nothing is built. The published package has no bundler. */
async function bundleSources(): Promise<RuntimeBundle> {
  const { bundleRuntime }: { bundleRuntime(): RuntimeBundle } = await import(runtimeBundle.script.href);
  return bundleRuntime();
}

async function sourceFile(path: string): Promise<SourceFile> {
  return { path, mtimeMs: (await stat(path)).mtimeMs };
}

async function isCurrent(sources: readonly SourceFile[]): Promise<boolean> {
  const now = await Promise.all(sources.map(({ path }) => sourceFile(path).catch(() => undefined)));
  return sources.every(({ mtimeMs }, index) => mtimeMs === now[index]?.mtimeMs);
}
