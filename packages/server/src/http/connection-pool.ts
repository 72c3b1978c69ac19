import type { Socket } from 'node:net';
import { addressBlocks } from '../limits/address-block.ts';
import { FairShares, type Held } from '../limits/fair-shares.ts';

/** A connection of a pool. Until it has a request to answer it waits, and may be closed to make room. */
export interface Place {
  /** A whole request has arrived: the connection stays until it is answered. */
  serve(): void;
  /** The request is answered, or its answer waits for being read: the connection waits again, as the latest. */
  wait(): void;
}

/** The part of a socket that a pool needs. */
type Connection = Pick<Socket, 'remoteAddress' | 'once' | 'destroy'>;

/**
 * Connections, of which a limited number is open. For one more, another is closed: of those that wait (for a TLS handshake, for
 * the rest of a request, for the next request, for their answer to be read) the one that has waited for longest, of the address
 * with the most of them.
 */
export class ConnectionPool {
  readonly #max: number;
  readonly #onClosed: (address: string) => void;
  readonly #waiting = new FairShares<Guest>();
  #open = 0;

  /** @param onClosed - told whose connection was closed to make room */
  constructor(max: number, onClosed: (address: string) => void) {
    this.#max = max;
    this.#onClosed = onClosed;
  }

  enter(socket: Connection): Place {
    const guest = new Guest(socket, this.#waiting, () => {
      this.#open -= 1;
    });
    this.#open += 1;
    if (this.#open > this.#max) {
      const closed = this.#waiting.takeFromLargest('oldest');
      closed?.close();
      if (closed !== undefined) this.#onClosed(closed.address);
    }
    return guest;
  }
}

class Guest implements Place {
  readonly address: string;
  readonly #socket: Connection;
  readonly #pool: FairShares<Guest>;
  readonly #onLeft: () => void;
  /** While it waits. */
  #held: Held<Guest> | undefined;
  #hasLeft = false;

  constructor(socket: Connection, pool: FairShares<Guest>, onLeft: () => void) {
    this.address = socket.remoteAddress ?? '';
    this.#socket = socket;
    this.#pool = pool;
    this.#onLeft = onLeft;
    this.wait();
    socket.once('close', () => this.#leave());
  }

  serve(): void {
    if (this.#held !== undefined) this.#pool.remove(this.#held);
    this.#held = undefined;
  }

  wait(): void {
    if (!this.#hasLeft) this.#held ??= this.#pool.add(addressBlocks(this.address), this);
  }

  close(): void {
    this.#leave();
    this.#socket.destroy();
  }

  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.serve();
    this.#onLeft();
  }
}
