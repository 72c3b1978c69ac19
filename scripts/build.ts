/**
 * Builds what is published: JavaScript with declarations, in `dist/<package>`, ready for `npm pack`. Development and CI
 * run the TypeScript as it is; only a published package needs this, as Node strips no types under `node_modules`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleClient } from './bundle-client.ts';
import { bundleRuntime } from './bundle-runtime.ts';
import { bundleServer } from './bundle-server.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
buildWire();
await buildClient();
await buildServer();
rmSync(join(dist, 'compiled'), { recursive: true });

function buildWire(): void {
  cpSync(join(dist, 'compiled/wire'), join(dist, 'wire'), { recursive: true });
  const { exports, ...manifest } = readManifest('wire');
  const entries = Object.entries(exports).map(([name, file]) => [name, entry(compiled(file, '.js'), file)]);
  finish('wire', { ...manifest, exports: Object.fromEntries(entries), files: ['src'] });
}

async function buildClient(): Promise<void> {
  const target = join(dist, 'client');
  const exports = await bundleClient(root, join(dist, 'compiled'), target);
  const { dependencies: _, ...manifest } = readManifest('client');
  const published = { ...manifest, exports, files: ['src', 'web', 'types'], sideEffects: false };
  // Node 20.16 is the first version with process.getBuiltinModule.
  finish('client', published, '>=20.16');
}

/** Builds the server as one package without dependencies: the libraries that it uses are bundled. */
async function buildServer(): Promise<void> {
  for (const file of globSync('src/**/*.d.ts', { cwd: join(dist, 'compiled/server') })) {
    cpSync(join(dist, 'compiled/server', file), join(dist, 'server', file));
  }
  cpSync(join(root, 'packages/server/generated'), join(dist, 'server/generated'), { recursive: true });
  for (const name of ['client', 'wire']) copySources(name);
  const { text, entries } = bundleRuntime();
  writeFileSync(join(dist, 'server/runtime/bundle.json'), JSON.stringify({ text, entries }));
  cpSync(join(root, 'models'), join(dist, 'server/models'), { recursive: true });
  const { main, testingKit } = await bundleServer(root, join(dist, 'server'));
  chmodSync(join(dist, 'server', main), 0o755);
  const { dependencies: _, ...manifest } = readManifest('server');
  finish('server', {
    ...manifest,
    bin: { latchkey: main },
    exports: {
      './testing': { types: './src/testing-kit/mod.d.ts', default: './src/testing-kit/entry.cjs' },
    },
    imports: { '#testing-kit': testingKit },
    files: ['src', 'generated', 'models', 'runtime', 'NOTICE'],
  });
}

/** Copies the sources of a package that the server serves as the runtime of modules. */
function copySources(name: string): void {
  const source = join(root, 'packages', name, 'src');
  for (const file of globSync('**/*.ts', { cwd: source })) {
    if (/\.(test|test-d|web)\.ts$|^fixtures\/|\btesting\//.test(file)) continue;
    cpSync(join(source, file), join(dist, 'server/runtime', name, file));
  }
}

/** Members of `package.json` that are different when published. */
interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function readManifest(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
}

/** An entry of `exports`: the JavaScript, and the declarations of the source. */
function entry(javaScript: string, source: string): object {
  return { types: compiled(source, '.d.ts'), default: javaScript };
}

function compiled(source: string, extension: string): string {
  return source.replace(/\.ts$/, extension);
}

function finish(name: string, manifest: object, node = '>=24.7'): void {
  const target = join(dist, name);
  const own = join(root, 'packages', name, 'README.md');
  cpSync(existsSync(own) ? own : join(root, 'README.md'), join(target, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  const published = { ...manifest, engines: { node } };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}
