import type { ClientRequest } from 'node:http';
import { ClientError } from '../client-error.ts';

/** Fails a request whose connection, TLS included, is not open in time. A kept connection is open already. */
export function limitConnecting(
  outgoing: ClientRequest,
  { host, secure }: { readonly host: string; readonly secure: boolean },
  timeoutMs: number,
): void {
  outgoing.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => outgoing.destroy(noConnection(host, timeoutMs)), timeoutMs);
    const clear = () => clearTimeout(timer);
    socket.once(secure ? 'secureConnect' : 'connect', clear).once('close', clear);
  });
}

export function noConnection(host: string, timeoutMs: number): ClientError {
  return new ClientError('timedOut', `Cannot connect to '${host}': no connection in ${timeoutMs} ms`);
}
