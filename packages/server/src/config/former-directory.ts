import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DirectoryConfig } from '../directory/file/declaration.ts';

/** What release 0.1 kept in the data folder: the directory in force, and the names of changes that confirm nothing more. */
export interface FormerDirectory {
  readonly directory: DirectoryConfig;
  readonly spentNames: readonly string[];
}

/**
 * Reads the directory that was in force when release 0.1 ran last with the data folder: with it the first file is compared.
 *
 * @returns `undefined` when there is none
 * @throws when it cannot be read, without its text, which has password hashes
 */
export function readFormerDirectory(dataDir: string): FormerDirectory | undefined {
  let text: string;
  try {
    text = readFileSync(formerFile(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { version, directory, spentNames } = parseJson(text);
  if (version !== 1) throw new Error('directory.json is damaged, or of another release');
  return { directory: directory as DirectoryConfig, spentNames: spentNames as string[] };
}

/** Whether it is there, readable or not. */
export function hasFormerDirectory(dataDir: string): boolean {
  return existsSync(formerFile(dataDir));
}

/** Removes it, once the store has the directory. */
export function removeFormerDirectory(dataDir: string): void {
  rmSync(formerFile(dataDir), { force: true });
}

function formerFile(dataDir: string): string {
  return path.join(dataDir, 'directory.json');
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
