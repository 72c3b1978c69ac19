/**
 * Looks at the packages as a registry would get them: what is in them, their types, their licences. Then installs them into
 * an empty folder, as a user would, and uses them: every entry point, the command line, the testing kit, the served modules,
 * a generated client, and the worker of the database.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { componentsOf } from './bill-of-materials.ts';
import { importingProgram, typesProgram } from './packages/entries.ts';
import { checkGlobals } from './packages/missing-globals.ts';
import { checkContents, checkImports, pack, type Tarball } from './packages/tarball.ts';

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

/** The folders in `dist`; a package comes after those that it depends on. */
const FOLDERS = ['wire', 'smithy', 'client', 'codegen', 'server'];

/** Versions of Node that are too old for the service, and the oldest that is not. */
const OLD_NODES = ['18.20.8', '20.16.0', '22.12.0', '24.6.0'];
const OLDEST_NODE = '24.7.0';
/** The oldest Node for typed clients, and the oldest that `require` works with and that the generator runs on. */
const OLDEST_NODE_OF_CLIENTS = '20.16.0';
const OLDEST_NODE_OF_REQUIRE = '22.12.0';

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

/** A person who allows the program of a new project: it prints the code, and then the account of the example. */
const person = `
import { spawn } from 'node:child_process';
import { startLatchkey } from 'latchkey/testing';

await using latchkey = await startLatchkey();
const env = { ...process.env, LATCHKEY_URL: latchkey.url, AWS_REGION: latchkey.region };
const program = spawn('npm', ['start', '--silent'], { cwd: 'project', env, stdio: ['ignore', 'pipe', 'inherit'] });
let shown = '';
for await (const text of program.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
  const isAsked = /code [A-Z]{4}-[A-Z]{4}/.test(shown);
  shown += text;
  const [, userCode] = /code ([A-Z]{4}-[A-Z]{4})/.exec(shown) ?? [];
  if (userCode !== undefined && !isAsked) await latchkey.approve(userCode, 'alice');
}
if (!shown.includes('111122223333')) throw new Error(\`The program of the project printed no account:\\n\${shown}\`);
`;

try {
  // They are installed while other steps keep no more than one processor busy.
  const nodes = Promise.all([...OLD_NODES, OLDEST_NODE].map(installNode));
  nodes.catch(() => {});
  step('Build', () => run('node', [join(root, 'scripts/build.ts')], root));
  const tarballs = step('Pack', () => FOLDERS.map((name) => pack(join(root, 'dist', name), folder)));
  step('What is in the tarballs', () => {
    for (const tarball of tarballs) checkContents(tarball, root);
    checkNotices();
  });
  await step('publint and arethetypeswrong', () => Promise.all(tarballs.map(lint)));
  step('npm publish --dry-run', () => {
    // No registry answers: a dry run needs none.
    const flags = ['--dry-run', '--silent', '--registry', 'http://127.0.0.1:9/', '--fetch-retries', '0'];
    for (const { file } of tarballs) run('npm', ['publish', file, ...flags], folder);
  });
  step('Install into an empty folder', () => {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const files = tarballs.map(({ file }) => file);
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...files], folder);
  });
  const installed = tarballs.map(({ name }) => join(folder, 'node_modules', name));
  const forOldNodes = installed.filter((path) => !path.endsWith('node_modules/latchkey'));
  step('Imports of what is installed', () => {
    for (const path of installed) checkImports(path);
  });
  step('Every entry point, by import and by require', () => {
    writeFileSync(join(folder, 'import-all.mjs'), importingProgram(installed));
    run('node', ['import-all.mjs'], folder);
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
  step('latchkey init', () => {
    run('node_modules/.bin/latchkey', ['init', 'project', '--packages', join(root, 'dist')], folder);
    const project = join(folder, 'project');
    run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline'], project);
    run('npm', ['run', '--silent', 'typecheck'], project);
    run('npm', ['test', '--silent'], project);
    run('npm', ['run', '--silent', 'generate'], project);
    writeFileSync(join(folder, 'person.mts'), person);
    run('node', ['person.mts'], folder);
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
  await nodes;
  step('Nodes that are too old', () => {
    for (const version of OLD_NODES) checkComplaints(version);
  });
  step('the oldest Node that is new enough', () => {
    const node = nodeOf(OLDEST_NODE);
    run(node, ['node_modules/.bin/latchkey', 'demo'], folder);
    run(node, ['consumer.mts'], folder);
  });
  step('the oldest Nodes of the other packages', () => {
    const oldest = nodeOf(OLDEST_NODE_OF_CLIENTS);
    for (const path of forOldNodes.filter((each) => /wire|client/.test(each))) checkGlobals(path, oldest);
    const ofRequire = nodeOf(OLDEST_NODE_OF_REQUIRE);
    for (const path of forOldNodes) checkGlobals(path, ofRequire);
    writeFileSync(join(folder, 'import-all.mjs'), importingProgram(forOldNodes));
    run(ofRequire, ['import-all.mjs'], folder);
  });
  step('its types', () => {
    writeFileSync(join(folder, 'types.mts'), typesProgram(installed, 'import'));
    writeFileSync(join(folder, 'types.cts'), typesProgram(installed, 'require'));
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
    run(
      'tsc',
      ['--noEmit', ...flags, ...types, ...['consumer.mts', 'client.mts', 'types.mts', 'types.cts']],
      folder,
    );
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

/** Checks that the licences and the bill of materials of the service name the same libraries, each in its version. */
function checkNotices(): void {
  const notices = readFileSync(join(root, 'dist/server/THIRD-PARTY-NOTICES'), 'utf8');
  const noticed = [...notices.matchAll(/^- (\S+) (\S+) \(/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  );
  const components = componentsOf(join(root, 'dist/server/sbom.cdx.json'));
  const apart = new Set(noticed).symmetricDifference(new Set(components));
  if (apart.size > 0 || noticed.length === 0)
    throw new Error(`Only one of THIRD-PARTY-NOTICES and sbom.cdx.json names ${[...apart].join(', ')}`);
  const bundled = new Set(noticed.map((each) => each.replace(/@[^@]+$/, '')));
  for (const name of ['codegen', 'server']) {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    for (const library of Object.keys(dependencies))
      if (!library.startsWith('@latchkey/') && !bundled.has(library))
        throw new Error(
          `packages/${name} depends on ${library}, whose licence is not in THIRD-PARTY-NOTICES`,
        );
  }
}

/** Has the tools look at a package that find what breaks in somebody's set-up. */
async function lint({ file, name }: Tarball): Promise<void> {
  // `require` gets an ES module, as Node does since 20.19 and 22.12: decision 40.
  const flags = ['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--format', 'table-flipped'];
  await runBeside('publint', ['run', file, '--strict'], folder);
  await runBeside('attw', [file, ...flags], folder);
  process.stdout.write(`${name}: nothing is wrong\n`);
}

/** Checks that an old Node says in one sentence which one is needed, wherever it is too old. */
function checkComplaints(version: string): void {
  const node = nodeOf(version);
  for (const { args, sentence, tooOld } of COMPLAINTS) {
    const { status, stderr } = spawnSync(node, args, { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    const isTold = stderr.includes(`${sentence}; this is Node ${version}`);
    if (tooOld.includes(version) ? !isTold || status !== 1 : status !== 0)
      throw new Error(`node ${args.join(' ')} with Node ${version} ended with ${status}:\n${stderr}`);
  }
  process.stdout.write(`Node ${version}: says which Node is needed\n`);
}

/** Installs a version of Node from npm. */
async function installNode(version: string): Promise<void> {
  const home = join(folder, `node-${version}`);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  await runBeside('npm', ['install', '--silent', '--no-audit', '--no-fund', `node@${version}`], home);
}

/** @returns the program of a Node that was installed */
function nodeOf(version: string): string {
  return join(folder, `node-${version}`, 'node_modules/.bin/node');
}

function step<Result>(title: string, act: () => Result): Result {
  process.stdout.write(`\n== ${title}\n`);
  return act();
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: 'inherit', timeout: 10 * 60_000 });
}

/** Runs a command beside others. @throws {Error} with what it printed, where it fails */
async function runBeside(command: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await promisify(execFile)(command, args, { cwd, timeout: 10 * 60_000 });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { readonly stderr?: string; readonly stdout?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
