import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from '../../interop/harness/clients.ts';
import { findProgram, run } from '../../interop/harness/program.ts';
import { python, serversFolder } from './folders.ts';

/** Installs the servers where they are not, or no longer, as pinned. */
export async function prepare(): Promise<void> {
  await Promise.all([
    // No scripts: what they would compile is there compiled.
    install('package-lock.json', 'node_modules', [['npm', 'ci', '--ignore-scripts', '--no-audit']]),
    install('requirements.txt', python, [
      ['python3', '-m', 'venv', '--clear', python],
      [`${python}/bin/pip`, 'install', '--quiet', '--no-deps', '--requirement', 'requirements.txt'],
    ]),
  ]);
}

async function install(pins: string, folder: string, commands: readonly Command[]): Promise<void> {
  const stampFile = path.resolve(serversFolder, folder, '.installed');
  const stamp = createHash('sha256')
    .update(await readFile(path.join(serversFolder, pins)))
    .update(JSON.stringify(commands))
    .digest('hex');
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) === stamp) return;
  if (folder === python) await installVenv();
  for (const command of commands) await succeed(command, serversFolder);
  await writeFile(stampFile, stamp);
}

/** Debian has what makes virtual environments in a package of its own. */
async function installVenv(): Promise<void> {
  const { exitCode } = await run(['python3', '-c', 'import ensurepip']).catch(() => ({ exitCode: 1 }));
  if (exitCode === 0 || process.getuid?.() !== 0 || findProgram('apt-get') === undefined) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['apt-get', 'update', '-qq'], { env });
  await run(['apt-get', 'install', '-qq', '--no-install-recommends', 'python3-venv'], { env });
}

/** @throws {Error} with what the program printed when it fails */
export async function succeed(command: Command, cwd: string): Promise<void> {
  const { exitCode, stdout, stderr } = await run(command, { cwd });
  if (exitCode !== 0) {
    throw new Error(`"${command.join(' ')}" exited with ${exitCode}\n${stdout}${stderr}`);
  }
}
