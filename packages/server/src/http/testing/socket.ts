import { connect, type Socket } from 'node:net';
import type { Latchkey } from '../../testing/mod.ts';

/** A connection on which a test says whatever it likes, and hears everything. */
export interface RawConnection {
  readonly socket: Socket;
  /** What has come so far. */
  heard(): string;
  /** Resolves once what came matches; rejects if the server hangs up first. */
  hear(pattern: RegExp): Promise<string>;
  /** Resolves with everything once the server has hung up. */
  closed(): Promise<string>;
}

export function openSocket(latchkey: Pick<Latchkey, 'url'>): RawConnection {
  const socket = connect({
    host: '127.0.0.1',
    port: Number(new URL(latchkey.url).port),
    allowHalfOpen: true,
  });
  let text = '';
  let over = false;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const hungUp = () => {
    over = true;
    socket.destroy();
    changed();
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    changed();
  });
  // A server that refuses what is still being sent resets the connection.
  socket.on('error', hungUp).on('end', hungUp).on('close', hungUp);

  function until(done: () => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!done() && !over) return;
        listeners.delete(look);
        if (done()) resolve(text);
        else reject(new Error(`The server hung up after: ${text}`));
      };
      listeners.add(look);
      look();
    });
  }

  return {
    socket,
    heard: () => text,
    hear: (pattern) => until(() => pattern.test(text)),
    closed: () => until(() => over),
  };
}
