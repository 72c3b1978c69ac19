import type { Server, Socket } from 'node:net';

/** Closes each connection beyond a limit, also of those that other servers hand to this one, which `maxConnections` does not count. */
export function limitConnections(server: Server, max: number): void {
  let open = 0;
  server.prependListener('connection', (socket: Socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    if (open > max) socket.destroy();
  });
}
