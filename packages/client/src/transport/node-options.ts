import { ClientError } from '../client-error.ts';
import type { TransportOptions } from './transport.ts';

/**
 * Refuses options that only the transports over `node:http` and `node:http2` can follow.
 *
 * @param where - why they cannot be followed, e.g. `on deno`
 * @throws {ClientError} `unsupported`
 */
export function refuseNodeOptions({ agent, maxSockets }: TransportOptions, where: string): void {
  const name = agent === undefined ? maxSockets && 'maxSockets' : 'agent';
  if (!name) return;
  throw new ClientError(
    'unsupported',
    `Cannot use the option "${name}" ${where}: it is for node:http; leave it out`,
  );
}
