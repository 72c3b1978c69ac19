import { ClientError } from '../client-error.ts';
import { globals } from './globals.ts';

/**
 * Turns Deno's error about a missing permission into one that names the flag to add. Returns any other error unchanged.
 *
 * @param action what could not be done, e.g. `read "/home/alice/.aws/config"`
 * @param flag e.g. `--allow-read=/home/alice/.aws`
 */
export function explainDenial(error: unknown, action: string, flag: string): unknown {
  const denied =
    globals.Deno !== undefined &&
    error instanceof Error &&
    (error.name === 'NotCapable' || error.message.includes('--allow-'));
  return denied ? denial(action, flag, { cause: error }) : error;
}

/** Argument of Deno's permission API. */
export interface PermissionQuery {
  readonly name: 'read' | 'write' | 'sys';
  readonly path?: string;
  readonly kind?: 'homedir';
}

/**
 * Requires a permission of Deno, without letting Deno ask the person at the terminal for it.
 *
 * @throws {ClientError} `permissionDenied`, worded like that of `explainDenial`
 */
export function requirePermission(query: PermissionQuery, action: string, flag: string): void {
  if (globals.Deno === undefined || globals.Deno.permissions.querySync(query).state === 'granted') return;
  throw denial(action, flag);
}

function denial(action: string, flag: string, options?: ErrorOptions): ClientError {
  return new ClientError('permissionDenied', `Cannot ${action}: Deno may not do that: add ${flag}`, options);
}
