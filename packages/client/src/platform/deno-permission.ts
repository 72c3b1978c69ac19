import { ClientError } from '../client-error.ts';
import { globals } from './platform.ts';

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
  if (!denied) return error;
  return new ClientError('permissionDenied', `Cannot ${action}: Deno may not do that: add ${flag}`, {
    cause: error,
  });
}
