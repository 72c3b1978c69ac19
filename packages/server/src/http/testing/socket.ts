import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Latchkey } from '../../testing-kit/mod.ts';
import { authority } from './certificate.ts';

/** A TCP or TLS connection on which a test sends any bytes and reads all that come. */
export interface RawConnection {
  readonly socket: Socket;
  /** All text received so far. */
  heard(): string;
  /** Resolves once the text received matches; rejects when the server closes the connection first. */
  hear(pattern: RegExp): Promise<string>;
  /** Resolves with all text received once the server has closed the connection. */
  closed(): Promise<string>;
}

/** @param localAddress - the address that the server sees, e.g. `127.0.0.9` */
export function openSocket({ url }: Pick<Latchkey, 'url'>, localAddress?: string): RawConnection {
  const { protocol, port } = new URL(url);
  const to = { host: '127.0.0.1', port: Number(port), allowHalfOpen: true, localAddress };
  const socket =
    protocol === 'https:' ? connectTls({ ...to, ca: authority, servername: 'localhost' }) : connect(to);
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
  // A server that refuses a body while it is being sent resets the connection.
  socket.on('error', hungUp).on('end', hungUp).on('close', hungUp);

  function until(done: () => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!done() && !over) return;
        listeners.delete(look);
        if (done()) resolve(text);
        else reject(new Error(`The server closed the connection after: ${text}`));
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
