/**
 * Installs the packed packages into an empty folder, as a user would, and uses them: the command line, the testing kit, the
 * served modules, a generated client, their types, and the worker of the database.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'latchkey-packages-'));

const consumer = `
import { type Latchkey, startLatchkey } from 'latchkey/testing';

await using latchkey: Latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
latchkey.clock.advance({ hours: 1 });
const health = await fetch(\`\${latchkey.url}/healthz\`);
console.log(\`testing kit: \${latchkey.url} answered \${health.status}\`);
`;

/** A program with a generated client. It also fetches modules and their runtime by URL. */
const client = `
import { ApiFactory } from '@latchkey/client';
import { startLatchkey } from 'latchkey/testing';
import { InvalidClientException, SSOOIDC } from './ssooidc.ts';

await using latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
const oidc = new SSOOIDC(new ApiFactory({ region: latchkey.region, fixedEndpoint: latchkey.url }));
const { clientId } = await oidc.registerClient({ clientName: 'consumer', clientType: 'public' });
const wrong = { clientId: clientId ?? '', clientSecret: 'wrong', startUrl: latchkey.startUrl };
const refusal: unknown = await oidc.startDeviceAuthorization(wrong).catch((error: unknown) => error);
if (!(refusal instanceof InvalidClientException)) throw refusal;
for (const file of ['services/sts.js', 'client/mod.js', 'wire/rest-json1/client.ts', 'services']) {
  const response = await fetch(\`\${latchkey.url}/v0.4/\${file}\`);
  if (!response.ok) throw new Error(\`\${file} answered \${response.status}: \${await response.text()}\`);
}
console.log('generated client: registered, and told errors apart');
`;

/** Matches code that reads files, or that uses what only Node has. */
const machine = /getBuiltinModule|\.aws\/config/;

/** Versions of Node that are too old for the service, and the oldest that is not. */
const OLD_NODES = ['18.20.8', '20.20.2', '22.23.3', '24.6.0'];
const OLDEST_NODE = '24.7.0';

/** What is said in place of a missing module or wrong syntax, by the arguments that make Node load a package. */
const COMPLAINTS: readonly Complaint[] = [
  ...[
    ['node_modules/latchkey/src/bundle/latchkey.js', '--version'],
    ['--input-type=module', '--eval', "import { startLatchkey } from 'latchkey/testing';"],
    ['--input-type=module', '--eval', "await import('latchkey/testing');"],
    ['--input-type=commonjs', '--eval', "require('latchkey/testing');"],
    [join(root, 'packages/server/src/cli/main.js'), '--version'],
    [join(root, 'packages/server/src/testing-kit/entry.cjs')],
  ].map((args) => ({ args, sentence: 'Latchkey needs Node 24.7 or newer', tooOld: OLD_NODES })),
  {
    args: ['--input-type=module', '--eval', "import '@latchkey/client';"],
    sentence: 'Typed clients need Node 20.16, 22.3 or newer',
    tooOld: ['18.20.8'],
  },
  {
    args: ['--input-type=module', '--eval', "import '@latchkey/wire/node';"],
    sentence: '@latchkey/wire/node needs Node 20.16, 22.3 or newer',
    tooOld: ['18.20.8'],
  },
];

interface Complaint {
  readonly args: readonly string[];
  readonly sentence: string;
  readonly tooOld: readonly string[];
}

/**
 * A program that writes until SQLite's log is copied into the database. Up to 64 MiB only the checkpoint worker does that,
 * whose file is loaded by name.
 */
const writer = `
import { mkdirSync, statSync } from 'node:fs';
import { startLatchkey } from 'latchkey/testing';

mkdirSync('data');
const limits = { deviceAuthorizationsPerAddressPerMinute: 1_000_000 };
await using latchkey = await startLatchkey({ dataDir: 'data', settings: { limits } });
const post = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(latchkey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
const client = await post('/client/register', { clientName: 'writer', clientType: 'public' });
const { size } = statSync('data/latchkey.db');
while (statSync('data/latchkey.db').size === size) {
  if (statSync('data/latchkey.db-wal').size > 60 * 1024 * 1024) throw new Error('No worker copies the log');
  await post('/device_authorization', { ...client, startUrl: latchkey.startUrl });
}
`;

try {
  step('Build', () => run('node', [join(root, 'scripts/build.ts')], root));
  step('Pack', () => {
    for (const name of ['wire', 'client', 'server'])
      run('npm', ['pack', join(root, 'dist', name), '--silent'], folder);
  });
  step('Install into an empty folder', () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
    run(
      'npm',
      ['install', '--silent', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`)],
      folder,
    );
  });
  step('Imports of what is installed', () => {
    for (const name of ['@latchkey/wire', '@latchkey/client', 'latchkey'])
      checkImports(join(folder, 'node_modules', name));
  });
  step('latchkey --version', () => run('node_modules/.bin/latchkey', ['--version'], folder));
  step('latchkey demo', () => run('node_modules/.bin/latchkey', ['demo'], folder));
  step('import "latchkey/testing"', () => {
    writeFileSync(join(folder, 'consumer.mts'), consumer);
    run('node', ['consumer.mts'], folder);
  });
  step('latchkey generate ssooidc', () => {
    run('node_modules/.bin/latchkey', ['generate', 'ssooidc', '--out', 'ssooidc.ts'], folder);
    writeFileSync(join(folder, 'client.mts'), client);
    run('node', ['client.mts'], folder);
  });
  step('the client in bundles', () => {
    const [node, browser] = [bundled('node'), bundled('browser')];
    if (!machine.test(node))
      throw new Error('A bundle for Node reads no files: what a browser lacks cannot be told');
    if (machine.test(browser)) throw new Error('A bundle for browsers has in it what only machines can do');
    process.stdout.write(`${node.length} characters for Node, ${browser.length} for browsers\n`);
  });
  step('the worker that copies the log into the database', () => {
    writeFileSync(join(folder, 'writer.mts'), writer);
    run('node', ['writer.mts'], folder);
  });
  step('Nodes that are too old', () => {
    for (const version of OLD_NODES) checkComplaints(version);
  });
  step('the oldest Node that is new enough', () => {
    const node = installNode(OLDEST_NODE);
    run(node, ['node_modules/.bin/latchkey', 'demo'], folder);
    run(node, ['consumer.mts'], folder);
  });
  step('its types', () => {
    const flags = [
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom,dom.iterable,dom.asynciterable,esnext.disposable',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--allowImportingTsExtensions',
    ];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    run('tsc', ['--noEmit', ...flags, ...types, 'consumer.mts', 'client.mts'], folder);
  });
  process.stdout.write('The packed packages install and work.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Bundles a program that calls the generated client into one file. */
function bundled(platform: 'node' | 'browser'): string {
  const contents = `export { ApiFactory } from '@latchkey/client';\nexport { SSOOIDC } from './ssooidc.ts';`;
  const { outputFiles } = buildSync({
    ...{
      stdin: { contents, resolveDir: folder },
      bundle: true,
      minify: true,
      format: 'esm',
      platform,
      write: false,
    },
  });
  return outputFiles.map(({ text }) => text).join('');
}

/** Checks that all imports are installed. A file for our tests only would import a library that a user does not get. */
function checkImports(installed: string): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const file of globSync('src/**/*.js', { cwd: installed })) {
    const code = readFileSync(join(installed, file), 'utf8');
    for (const [, module = ''] of code.matchAll(/(?:\bfrom |^import )['"]([^'".$][^'"]*)['"];$/gm)) {
      const [, library = module] = /^((?:@[^/]+\/)?[^/]+)/.exec(module) ?? [];
      const isGiven = isBuiltin(module) || Object.hasOwn(dependencies, library);
      if (!isGiven || module === 'node:test') throw new Error(`${file} is published, but imports ${module}`);
    }
  }
}

/** Checks that an old Node says in one sentence which one is needed, wherever it is too old. */
function checkComplaints(version: string): void {
  const node = installNode(version);
  for (const { args, sentence, tooOld } of COMPLAINTS) {
    const { status, stderr } = spawnSync(node, args, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    const isTold = stderr.includes(`${sentence}; this is Node ${version}`);
    if (tooOld.includes(version) ? !isTold || status !== 1 : status !== 0)
      throw new Error(`node ${args.join(' ')} with Node ${version} ended with ${status}:\n${stderr}`);
  }
  process.stdout.write(`Node ${version}: says which Node is needed\n`);
}

/** Installs a version of Node from npm. @returns its program */
function installNode(version: string): string {
  const home = join(folder, `node-${version}`);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', `node@${version}`], home);
  return join(home, 'node_modules/.bin/node');
}

function step(title: string, act: () => void): void {
  process.stdout.write(`\n== ${title}\n`);
  act();
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: 'inherit', timeout: 10 * 60_000 });
}
