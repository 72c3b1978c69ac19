import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { explainFileError } from '../../files/file-error.ts';
import { type ConnectionTarget, parseConnectionUrl } from '../../store/postgresql/connection-url.ts';
import { CommandError, exitCode } from '../exit-code.ts';

/** Where a store is. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'postgresql'; readonly target: ConnectionTarget };

/** What an argument that names a store may be, for the help of commands. */
export const PLACE_HELP =
  'data folder, connection URL of PostgreSQL (postgres://…), or a file that has one, so that the list of processes shows no password';

/**
 * Reads where a store is from an argument.
 *
 * @throws {CommandError} whose message has nothing of a URL that may be a password
 */
export function parsePlace(argument: string): StorePlace {
  if (/^postgres(ql)?:/.test(argument)) return { kind: 'postgresql', target: parseTarget(argument) };
  if (argument.includes('://')) {
    throw new CommandError(
      'A store is a folder, or a URL that begins with postgres:// or postgresql://',
      exitCode.usage,
    );
  }
  const file = path.resolve(argument);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return { kind: 'folder', folder: file };
  try {
    return { kind: 'postgresql', target: parseTarget(readFileSync(file, 'utf8').trim(), `${argument}: `) };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${argument} cannot be read: ${explainFileError(error)}`);
  }
}

function parseTarget(url: string, where = ''): ConnectionTarget {
  try {
    return parseConnectionUrl(url);
  } catch (error) {
    throw new CommandError(`${where}${(error as Error).message}`, exitCode.usage);
  }
}
