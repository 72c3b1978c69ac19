/**
 * Builds what is published: JavaScript with declarations, in `dist/<package>`, ready for `npm pack`. Development and CI
 * run the TypeScript as it is; only a published package needs this, as Node strips no types under `node_modules`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials } from './bill-of-materials.ts';
import { bundleClient } from './bundle-client.ts';
import { bundleCodegen } from './bundle-codegen.ts';
import { bundleRuntime } from './bundle-runtime.ts';
import { bundleServer } from './bundle-server.ts';
import { clientEntries } from './client-entries.ts';
import { copyDeclarations } from './copy-declarations.ts';
import { productionDependencies } from './production-dependencies.ts';
import { readThirdParty, renderNotices } from './third-party-notices.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Node 20.16 and 22.3 are the first versions with `process.getBuiltinModule`. */
const NODE_OF_CLIENTS = '^20.16.0 || >=22.3.0';
/** The first version of Node that gives ES modules to `require` and that has what the generator uses. */
const NODE_OF_GENERATOR = '>=22.12';
/** See `packages/server/src/required-node.cjs`. */
const NODE_OF_SERVER = '>=24.7';

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
buildModules('wire', NODE_OF_CLIENTS);
buildModules('smithy', NODE_OF_GENERATOR);
await buildClient();
await buildCodegen();
await buildServer();
rmSync(join(dist, 'compiled'), { recursive: true });

/** Builds a package without dependencies as the modules that it is written in. Only the entry points with names are published. */
function buildModules(name: string, node: string): void {
  cpSync(join(dist, 'compiled', name), join(dist, name), { recursive: true });
  const { exports, ...manifest } = readManifest(name);
  const named = Object.entries(exports).filter(([entry]) => !entry.includes('*'));
  const entries = named.map(([entry, file]) => [
    entry,
    { types: compiled(file, '.d.ts'), default: compiled(file, '.js') },
  ]);
  const published = { ...manifest, exports: Object.fromEntries(entries), sideEffects: false };
  finish(name, { ...published, files: ['src'] }, node);
}

async function buildClient(): Promise<void> {
  const exports = await bundleClient(root, join(dist, 'client'));
  copyDeclarations({
    compiled: join(dist, 'compiled'),
    target: join(dist, 'client/types'),
    entries: clientEntries(root).map((name) => `client/src/${name}`),
    bundled: ['wire'],
  });
  const { dependencies: _, ...manifest } = readManifest('client');
  const published = { ...manifest, exports, files: ['src', 'web', 'types'], sideEffects: false };
  finish('client', published, NODE_OF_CLIENTS);
}

async function buildCodegen(): Promise<void> {
  const { dependencies = {}, ...manifest } = readManifest('codegen');
  const installed = Object.entries(dependencies).filter(([name]) => !/^@latchkey\/(client|wire)$/.test(name));
  const names = installed.map(([name]) => name);
  const exports = await bundleCodegen(root, join(dist, 'compiled'), join(dist, 'codegen'), names);
  const published = { ...manifest, exports, dependencies: Object.fromEntries(installed) };
  finish('codegen', { ...published, files: ['src', 'types'], sideEffects: false }, NODE_OF_GENERATOR);
}

/** Builds the server as one package without dependencies: the libraries that it uses are bundled. */
async function buildServer(): Promise<void> {
  const kit = 'server/src/testing-kit';
  copyDeclarations({
    compiled: join(dist, 'compiled'),
    target: join(dist, 'server/types'),
    entries: [`${kit}/mod`],
    bundled: ['client', 'codegen', 'smithy', 'wire'],
  });
  cpSync(join(root, `packages/${kit}/entry.d.cts`), join(dist, `server/types/${kit}/entry.d.cts`));
  cpSync(join(root, 'packages/server/generated'), join(dist, 'server/generated'), { recursive: true });
  for (const name of ['client', 'wire']) copySources(name);
  const { text, entries } = bundleRuntime();
  writeFileSync(join(dist, 'server/runtime/bundle.json'), JSON.stringify({ text, entries }));
  cpSync(join(root, 'models'), join(dist, 'server/models'), { recursive: true });
  cpSync(join(root, 'packages/server/templates'), join(dist, 'server/templates'), { recursive: true });
  const { bundled, main, testingKit } = await bundleServer(root, join(dist, 'server'));
  chmodSync(join(dist, 'server', main), 0o755);
  const { dependencies, devDependencies: _, ...manifest } = readManifest('server');
  const contained = thirdParty({ ...readManifest('codegen').dependencies, ...dependencies });
  const libraries = productionDependencies(root, Object.keys(contained));
  for (const folder of bundled)
    if (!libraries.has(folder)) throw new Error(`${folder} is bundled, but no package of ours depends on it`);
  const notices = renderNotices([...libraries.keys()].map((folder) => readThirdParty(root, folder)));
  writeFileSync(join(dist, 'server/THIRD-PARTY-NOTICES'), notices);
  const published = {
    ...manifest,
    bin: { latchkey: main },
    exports: {
      './testing': {
        import: { types: `./types/${kit}/mod.d.ts`, default: './src/testing-kit/entry.js' },
        require: { types: `./types/${kit}/entry.d.cts`, default: './src/testing-kit/entry.cjs' },
      },
    },
    imports: { '#testing-kit': testingKit },
    files: ['src', 'types', 'generated', 'models', 'runtime', 'templates', 'THIRD-PARTY-NOTICES'],
  };
  finish('server', published, NODE_OF_SERVER, contained);
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
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function readManifest(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
}

function thirdParty(dependencies: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => !name.startsWith('@latchkey/')));
}

function compiled(source: string, extension: string): string {
  return source.replace(/\.ts$/, extension);
}

/** @param libraries - dependencies of the bill of materials: those that are installed beside the package, or that it contains */
function finish(
  name: string,
  manifest: Omit<Manifest, 'exports'> & {
    readonly exports: object;
    readonly files: readonly string[];
    readonly sideEffects?: boolean;
  },
  node: string,
  libraries = thirdParty(manifest.dependencies),
): void {
  const target = join(dist, name);
  cpSync(join(root, 'packages', name, 'README.md'), join(target, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const published = {
    ...manifest,
    ...(repository && { repository: { ...repository, directory: `packages/${name}` } }),
    exports: { ...manifest.exports, './package.json': './package.json' },
    files: [...manifest.files, 'sbom.cdx.json'],
    engines: { node },
    publishConfig: { access: 'public' },
  };
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const { dependencies: _, ...own } = manifest;
  const described = { ...own, dependencies: libraries, files: undefined, exports: undefined, bin: undefined };
  const bill = billOfMaterials(described, productionDependencies(root, Object.keys(libraries)));
  writeFileSync(join(target, 'sbom.cdx.json'), bill);
}
