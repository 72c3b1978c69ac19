import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port on which a server is reached as over a long line: every piece takes half of the round trip, each way. */
export interface SlowLine extends AsyncDisposable {
  readonly port: number;
}

/** @param to - port of the server, on this machine */
export async function openSlowLine(to: number, roundTripMs: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const pass = (from: Socket, into: Socket) => {
    sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (piece) => setTimeout(() => into.write(piece), roundTripMs / 2));
    from.on('end', () => setTimeout(() => into.end(), roundTripMs / 2));
    from.on('error', () => into.destroy());
    from.on('close', () => sockets.delete(from));
  };
  const server = createServer((socket) => {
    const onwards = connect(to, '127.0.0.1');
    pass(socket, onwards);
    pass(onwards, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
