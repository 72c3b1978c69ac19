import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';

export const repository = path.join(import.meta.dirname, '../..');

/** The files of the repository, those included that are not committed yet. */
export function listFiles(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: repository, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const isThere = (file: string) =>
    file !== '' && lstatSync(path.join(repository, file), { throwIfNoEntry: false }) !== undefined;
  return files.split('\0').filter(isThere);
}

/**
 * Copies the repository into a folder. Packages of the workspace lead to those of the copy, and all other dependencies to the
 * installed ones.
 */
export function copyTree(folder: string): void {
  for (const file of listFiles()) cpSync(path.join(repository, file), path.join(folder, file));
  const modules = path.join(repository, 'node_modules');
  for (const name of readdirSync(modules)) {
    const isScope = name === '@latchkey';
    for (const each of isScope ? readdirSync(path.join(modules, name)) : ['']) {
      linkModule(path.join(modules, name, each), path.join(folder, 'node_modules', name, each));
    }
  }
}

/** A link of the workspace stays relative, so that it leads to the copy. */
function linkModule(installed: string, copy: string): void {
  mkdirSync(path.dirname(copy), { recursive: true });
  const isLink = lstatSync(installed).isSymbolicLink();
  symlinkSync(isLink ? readlinkSync(installed) : installed, copy);
}
