import { ClientError } from '../client-error.ts';
import { globals } from './globals.ts';

/**
 * Turns Deno's refusal into an error that says which flag to add; any other error is returned as it is.
 *
 * @param action What could not be done, e.g. `read "/home/alice/.aws/config"`
 * @param flag E.g. `--allow-read=/home/alice/.aws`
 */
export function explainDenial(error: unknown, action: string, flag: string): unknown {
  const denied =
    globals.Deno !== undefined &&
    error instanceof Error &&
    (error.name === 'NotCapable' || error.message.includes('--allow-'));
  return denied ? denial(action, flag, { cause: error }) : error;
}

/** What Deno is asked by. */
export interface PermissionQuery {
  readonly name: 'read' | 'write' | 'sys';
  readonly path?: string;
  readonly kind?: 'homedir';
}

/**
 * Keeps Deno from asking the person at the terminal for a permission that it was not given.
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
