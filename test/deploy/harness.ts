import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { findProgram } from '../interop/harness/program.ts';

export const root = path.join(import.meta.dirname, '../..');
/** Where the packages with the schemas of Kubernetes and Compose are installed. */
export const toolsFolder = path.join(import.meta.dirname, 'tools');
const required = createRequire(path.join(toolsFolder, 'package.json'));

/** A package of the tools' own. */
export function requireTool(name: string) {
  return required(name);
}

/** @param names - of files or programs that a test needs; why it is skipped */
export function skipWithout(...names: readonly string[]): string | false {
  const missing = names.find(
    (name) => !(name.includes('/') ? existsSync(path.join(root, name)) : findProgram(name)),
  );
  return missing !== undefined && `${missing} was not found: node test/deploy/prepare.ts`;
}

/** @returns the content of a file in `deploy/` */
export function readDeployed(name: string): string {
  return readFileSync(path.join(root, 'deploy', name), 'utf8');
}

/** @returns the YAML documents of a file in `deploy/` */
export function parseDeployed(name: string): readonly Record<string, unknown>[] {
  return parseAllDocuments(readDeployed(name), { strict: true }).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });
}

/** Runs a program to its end. @throws with its output where it fails */
export function runToEnd(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...{ cwd: root, encoding: 'utf8' },
    env: { ...process.env, ...env },
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout + stderr;
}
