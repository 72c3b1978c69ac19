import type { Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { isLocalhostName } from '../net/loopback.ts';

/** What `localhost` means (RFC 6761 section 6.3): programs try one of these addresses or the other first. */
const LOOPBACK = ['127.0.0.1', '::1'] as const;
/** Times that another free port is tried, where a port is free on one loopback address only. */
const MAX_PORTS_TRIED = 20;

export interface Binding {
  readonly port: number;
  /** Stops accepting connections. Resolves once those that are open have ended. */
  close(): Promise<void>;
}

/**
 * Lets an HTTP server listen on a host. On `localhost` it listens on both loopback addresses, at the same port; where the
 * machine lacks one (IPv6 may be off), on the other.
 *
 * @param port - 0: a port that is free
 * @throws the error of Node, with `code`, `address` and `port`
 */
export async function bind(
  server: HttpServer,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Binding> {
  if (!isLocalhostName(host))
    return bindingOf([await listening(server, host.replace(/^\[(.*)\]$/, '$1'), port)]);
  for (let tried = 1; ; tried += 1) {
    const servers: Server[] = [];
    try {
      return await bindLoopback(server, port, servers);
    } catch (error) {
      await closeAll(servers);
      if (port !== 0 || tried === MAX_PORTS_TRIED || codeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
}

/** @param servers - filled with the servers that listen */
async function bindLoopback(server: HttpServer, port: number, servers: Server[]): Promise<Binding> {
  let missing: unknown;
  for (const address of LOOPBACK) {
    const [first] = servers;
    const next = first === undefined ? server : feeder(server);
    try {
      servers.push(await listening(next, address, first === undefined ? port : portOf(first)));
    } catch (error) {
      if (codeOf(error) !== 'EADDRNOTAVAIL' && codeOf(error) !== 'EAFNOSUPPORT') throw error;
      missing = error;
    }
  }
  if (servers.length === 0) throw missing;
  return bindingOf(servers);
}

/** A server that hands its connections to another one, which treats them as its own. */
function feeder(server: HttpServer): Server {
  // Node has the options of a server as properties of it, but not in its types.
  const { allowHalfOpen = true, noDelay = true } = server as { allowHalfOpen?: boolean; noDelay?: boolean };
  return createServer({ allowHalfOpen, noDelay }, (socket: Socket) => server.emit('connection', socket));
}

async function listening<Each extends Server>(server: Each, host: string, port: number): Promise<Each> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

function bindingOf(servers: readonly Server[]): Binding {
  return { port: portOf(servers[0] as Server), close: () => closeAll(servers) };
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
