import { readFileSync } from 'node:fs';
import { explainFileError } from '../files/file-error.ts';
import { parseConnectionUrl } from '../store/postgresql/connection-url.ts';
import { type Finding, renderPath } from './check-values.ts';
import type { Config } from './config.ts';
import type { Settings } from './settings-schema.ts';
import type { Path } from './settings-tree.ts';

/** The most that a file with a connection URL has. */
const MAX_CHARACTERS = 8192;

/**
 * Reads which store is meant: `store`, or what the file `storeFile` has.
 *
 * @param resolvePath - returns the absolute path of a file, given as `value` in the setting `at`
 * @returns what is wrong has nothing of the URL that may be a password
 */
export function readStoreSetting(
  { store, storeFile }: Pick<Settings, 'store' | 'storeFile'>,
  resolvePath: (value: string, at: Path) => string,
): { readonly setting: Pick<Config, 'store' | 'storeFile'>; readonly findings: readonly Finding[] } {
  const wrong = (key: 'store' | 'storeFile', message: string) => ({
    setting: {},
    findings: [{ path: [key], part: 'value', message: `${renderPath([key])}${message}` } as const],
  });
  if (storeFile === undefined) {
    const fault = store === undefined ? undefined : faultOf(store);
    if (fault !== undefined) return wrong('store', fault);
    return { setting: store === undefined ? {} : { store }, findings: [] };
  }
  if (store !== undefined)
    return wrong('storeFile', 'store is set, too: set one of them, and remove the other');
  const file = resolvePath(storeFile, ['storeFile']);
  let url: string;
  try {
    url = readFileSync(file, 'utf8').trim();
  } catch (error) {
    return wrong('storeFile', `${file} cannot be read: ${explainFileError(error)}`);
  }
  const fault = url.length > MAX_CHARACTERS ? `it has more than ${MAX_CHARACTERS} characters` : faultOf(url);
  if (fault !== undefined) return wrong('storeFile', `${file}: ${fault}`);
  return { setting: { store: url, storeFile: file }, findings: [] };
}

function faultOf(url: string): string | undefined {
  try {
    parseConnectionUrl(url);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
