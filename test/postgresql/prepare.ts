/**
 * Installs PostgreSQL unless one is there: `node test/postgresql/prepare.ts`. Debian's where this runs as root, otherwise the
 * one that npm has for this machine.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { findProgram, run } from '../interop/harness/program.ts';
import { findPostgresql, npmPackage, toolsFolder } from './harness/programs.ts';

if (!process.argv.includes('--url') && findPostgresql() === undefined) {
  if (process.getuid?.() === 0 && findProgram('apt-get') !== undefined) await installDebian();
  else await installFromNpm();
}

async function installDebian(): Promise<void> {
  console.log('Debian packages: installing postgresql');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '-qq'], { env });
  const install = ['apt-get', 'install', '-qq', '--no-install-recommends', 'postgresql'] as const;
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
