import { ClientError } from '../client-error.ts';
import type { TransportOptions } from './transport.ts';

/**
 * Refuses options that only a transport of Node's own can follow.
 *
 * @param where - why they cannot be followed, e.g. `on deno`
 * @throws {ClientError} `unsupported`
 */
export function refuseNodeOptions(
  { agent, connectTimeoutMs, maxSockets }: TransportOptions,
  where: string,
): void {
  const options = { agent, connectTimeoutMs, maxSockets };
  const [name] = Object.entries(options).find(([, value]) => value !== undefined) ?? [];
  if (name === undefined) return;
  throw new ClientError(
    'unsupported',
    `Cannot use the option "${name}" ${where}: it is for node:http; leave it out`,
  );
}
