/**
 * A stub of the services: `node stub.ts PORT`. It reads and writes HTTP by hand, so that it is fast enough for the clients
 * never to wait for it.
 */
import { createServer, type Socket } from 'node:net';
import { answerTo } from './stub-answers.ts';

createServer({ noDelay: true }, serve).listen(Number(process.argv[2]), '127.0.0.1');

function serve(socket: Socket): void {
  let pending = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = pending.toString('latin1', 0, end);
      const length = end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
      if (pending.length < length) return;
      pending = pending.subarray(length);
      socket.write(answerTo(head));
    }
  });
}
