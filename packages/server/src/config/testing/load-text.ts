import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type { DirectoryConfig } from '../../directory/file/declaration.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../config-error.ts';
import { loadConfig } from '../load-config.ts';

/** Of the test file that imports this; the configuration file is in it. */
export const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'latchkey-config-')));
after(() => rm(folder, { recursive: true }));

/** Loads a text as the configuration file. */
export async function load(
  text: string | Uint8Array,
  env: Record<string, string> = {},
  { isServing = false } = {},
): Promise<Config & { readonly directory: DirectoryConfig }> {
  await writeFile(path.join(folder, 'latchkey.yaml'), text);
  const { config, directory } = await loadConfig({ env, cwd: folder, isServing });
  return { ...config, directory };
}

export async function problemsIn(
  text: string | Uint8Array,
  env: Record<string, string> = {},
  options = {},
): Promise<string[]> {
  try {
    await load(text, env, options);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message.split('\n');
  }
}

/** The problems that keep a server from starting. */
export function problemsToServe(text: string, env: Record<string, string> = {}): Promise<string[]> {
  return problemsIn(text, env, { isServing: true });
}
