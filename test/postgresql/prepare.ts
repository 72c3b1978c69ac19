/**
 * Installs PostgreSQL unless one is there: `node test/postgresql/prepare.ts`. Debian's where this runs as root, with PgBouncer;
 * otherwise the one that npm has for this machine.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findProgram, run } from '../interop/harness/program.ts';
import { findPgbouncer } from './harness/pgbouncer.ts';
import { findPostgresql, npmPackage, toolsFolder } from './harness/programs.ts';

if (!process.argv.includes('--url')) {
  const hasPostgresql = findPostgresql() !== undefined;
  if (process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
    const hasPgbouncer = findPgbouncer() !== undefined;
    await installDebian([...(hasPostgresql ? [] : ['postgresql']), ...(hasPgbouncer ? [] : ['pgbouncer'])]);
  } else if (!hasPostgresql) await installFromNpm();
}

async function installDebian(packages: readonly string[]): Promise<void> {
  if (packages.length === 0) return;
  console.log(`Debian packages: installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '-qq'], { env });
  const install = ['apt-get', 'install', '-qq', '--no-install-recommends', ...packages] as const;
  const { exitCode, stderr } = await run(install, { env });
  if (exitCode !== 0) console.log(`Debian packages: apt-get failed\n${stderr}`);
}

async function installFromNpm(): Promise<void> {
  // Not `npm ci`: it fails where a registry lacks the packages of some other platform.
  const install = ['npm', 'install', '--no-save', '--ignore-scripts'] as const;
  const { exitCode, stderr } = await run(install, { cwd: toolsFolder });
  if (exitCode !== 0) {
    console.log(`Install PostgreSQL: npm install exited with ${exitCode}\n${stderr}`);
    return;
  }
  // Its one script makes the links between its libraries, which a package cannot have.
  const folder = path.join(toolsFolder, 'node_modules', npmPackage);
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder, stdio: 'inherit' });
}
