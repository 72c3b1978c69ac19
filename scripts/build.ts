/**
 * Builds what is published: JavaScript with declarations, in `dist/<package>`, ready for `npm pack`. Development and CI
 * run the TypeScript as it is; only a published package needs this, as Node strips no types under `node_modules`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const published = ['wire', 'server'];

/** Of `package.json`, as far as it names files. */
interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
for (const name of published) buildPackage(name);
rmSync(join(root, 'dist/compiled'), { recursive: true });

function buildPackage(name: string): void {
  const source = join(root, 'packages', name);
  const target = join(root, 'dist', name);
  cpSync(join(root, 'dist/compiled', name), target, { recursive: true });
  for (const asset of globSync(['src/**/*.{css,svg}', 'generated/*.json'], { cwd: source })) {
    cpSync(join(source, asset), join(target, asset));
  }
  for (const page of ['LICENSE', 'README.md']) cpSync(join(root, page), join(target, page));
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(publish(manifest), null, 2)}\n`);
  for (const file of Object.values(manifest.bin ?? {})) chmodSync(join(target, compiled(file)), 0o755);
}

/** The manifest, naming the compiled files. */
function publish({ exports, bin, ...manifest }: Manifest): object {
  return {
    ...manifest,
    engines: { node: '>=24' },
    ...(bin && { bin: mapValues(bin, compiled) }),
    exports: mapValues(exports, (file) => ({ types: declaration(file), default: compiled(file) })),
    files: ['src', 'generated'],
  };
}

function compiled(file: string): string {
  return file.replace(/\.ts$/, '.js');
}

function declaration(file: string): string {
  return file.replace(/\.ts$/, '.d.ts');
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
