/**
 * Installs what would be published, as a user would get it, into an empty folder, and uses it: the command line, the
 * testing kit, and its types.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'latchkey-packages-'));

const consumer = `
import { type Latchkey, startLatchkey } from 'latchkey/testing';

await using latchkey: Latchkey = await startLatchkey({ users: [{ userName: 'alice' }] });
latchkey.clock.advance({ hours: 1 });
const health = await fetch(\`\${latchkey.url}/healthz\`);
console.log(\`testing kit: \${latchkey.url} answered \${health.status}\`);
`;

try {
  step('Build', () => run('node', [join(root, 'scripts/build.ts')], root));
  step('Pack', () => {
    for (const name of ['wire', 'server']) run('npm', ['pack', join(root, 'dist', name), '--silent'], folder);
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
    for (const name of ['@latchkey/wire', 'latchkey']) checkImports(join(folder, 'node_modules', name));
  });
  step('latchkey --version', () => run('node_modules/.bin/latchkey', ['--version'], folder));
  step('latchkey demo', () => run('node_modules/.bin/latchkey', ['demo'], folder));
  step('import "latchkey/testing"', () => {
    writeFileSync(join(folder, 'consumer.mts'), consumer);
    run('node', ['consumer.mts'], folder);
  });
  step('its types', () => {
    const flags = [
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,esnext.disposable',
      '--strict',
    ];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    run('tsc', ['--noEmit', ...flags, ...types, 'consumer.mts'], folder);
  });
  process.stdout.write('The packed packages install and work.\n');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** What only our own tests use would import their framework, or a library that a user does not get. */
function checkImports(installed: string): void {
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  for (const file of globSync('src/**/*.js', { cwd: installed })) {
    const code = readFileSync(join(installed, file), 'utf8');
    for (const [, module = ''] of code.matchAll(/(?:\bfrom |^import )'([^'.][^']*)';$/gm)) {
      const [, library = module] = /^((?:@[^/]+\/)?[^/]+)/.exec(module) ?? [];
      const isGiven = Object.hasOwn(dependencies, library) || library.startsWith('node:');
      if (!isGiven || library === 'node:test') throw new Error(`${file} is published, but imports ${module}`);
    }
  }
}

function step(title: string, act: () => void): void {
  process.stdout.write(`\n== ${title}\n`);
  act();
}

function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: 'inherit' });
}
