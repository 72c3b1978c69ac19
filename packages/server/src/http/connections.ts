import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ConnectionPool, type Place } from './connection-pool.ts';
import { OneRequestAtATime } from './one-request-at-a-time.ts';

export interface ConnectionsOptions {
  /** The most connections, and as many again for trusted proxies. */
  readonly max: number;
  readonly isTls: boolean;
  readonly isTrustedProxy: (peer: string) => boolean;
  /** Told whose connection was closed to make room for another. */
  readonly onClosed: (peer: string) => void;
}

/** What a server does with a connection. */
interface Connection {
  readonly place: Place;
  readonly requests: OneRequestAtATime;
}

/**
 * The connections of a server: how many it has, and what each may ask for at a time. They are shared out by the address at
 * their other end. Trusted proxies, which bring many clients, share a pool of their own.
 */
export class Connections {
  readonly #connections = new WeakMap<Socket, Connection>();

  constructor(server: Server, { max, isTls, isTrustedProxy, onClosed }: ConnectionsOptions) {
    const clients = new ConnectionPool(max, onClosed);
    const proxies = new ConnectionPool(max, onClosed);
    const enter = (socket: Socket): Place =>
      (isTrustedProxy(socket.remoteAddress ?? '') ? proxies : clients).enter(socket);
    const begin = (socket: Socket, place: Place) =>
      void this.#connections.set(socket, { place, requests: new OneRequestAtATime(socket) });
    if (!isTls) {
      server.on('connection', (socket: Socket) => begin(socket, enter(socket)));
      return;
    }
    // The connection counts from its beginning; once it is encrypted, another socket stands for it.
    const places = new Map<string, Place>();
    server.on('connection', (socket: Socket) => {
      const ends = endsOf(socket);
      const place = enter(socket);
      places.set(ends, place);
      socket.once('close', () => {
        if (places.get(ends) === place) places.delete(ends);
      });
    });
    server.on('secureConnection', (socket: Socket) => {
      const place = places.get(endsOf(socket));
      if (place === undefined) socket.destroy();
      else begin(socket, place);
    });
  }

  /** Notes a request whose headers have arrived. To be called for each, at once. */
  begin(message: IncomingMessage, response: ServerResponse): void {
    const { place, requests } = this.#get(message);
    requests.begin(message, response);
    response.once('close', () => place.wait());
  }

  /** Keeps the connection of a request that has arrived until it is answered. */
  serve(message: IncomingMessage): void {
    this.#get(message).place.serve();
  }

  /** Notes that an answer is waiting to be read. */
  waitForReader(message: IncomingMessage): void {
    this.#get(message).place.wait();
  }

  /** Reads nothing more from the connection of a request for a while after its answer. */
  rest(message: IncomingMessage, ms: number): void {
    this.#get(message).requests.rest(ms);
  }

  #get({ socket }: IncomingMessage): Connection {
    const connection = this.#connections.get(socket);
    if (connection === undefined) throw new TypeError('a request came on a connection that was not noticed');
    return connection;
  }
}

/** Both ends of a connection, which are the same for the socket under TLS and for the one above it. */
function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
