import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A load balancer without affinity: each request goes to the next server. */
export interface RoundRobin extends AsyncDisposable {
  readonly url: string;
  /** How many requests each server was sent. */
  readonly counts: readonly number[];
  /** From now on requests go to these, by their ports. */
  sendTo(ports: readonly number[]): void;
}

export async function startRoundRobin(): Promise<RoundRobin> {
  let ports: readonly number[] = [];
  let counts: number[] = [];
  let turn = 0;
  const agent = new Agent({ keepAlive: true });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse) => {
    const server = turn++ % ports.length;
    counts[server] = (counts[server] ?? 0) + 1;
    const headers = { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress };
    const { method, url } = incoming;
    const outgoing = request({ agent, port: ports[server], host: '127.0.0.1', method, path: url, headers });
    const [[response]] = await Promise.all([once(outgoing, 'response'), pipeline(incoming, outgoing)]);
    answer.writeHead(response.statusCode, response.rawHeaders);
    await pipeline(response, answer);
  };
  const listener = createServer({ keepAliveTimeout: 0 }, (incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy());
  });
  listener.listen(0, 'localhost');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    get counts() {
      return counts;
    },
    sendTo(those) {
      ports = those;
      counts = those.map(() => 0);
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      listener.close();
      listener.closeAllConnections();
      await once(listener, 'close');
    },
  };
}
