import type { IncomingMessage, ServerResponse } from 'node:http';
import { FairShares, type Held, type Holder } from '../limits/fair-shares.ts';
import { MAX_BODY_BYTES } from './route.ts';

/** Bodies count in pages of this size, begun ones in full: a request takes about as much memory without its body. */
const PAGE_BYTES = 4096;

/** A whole body; `tooLong` when it exceeds `MAX_BODY_BYTES`. */
export type Body = Uint8Array | 'tooLong';

export interface BodyEvents {
  /** The body has arrived. Not called when the connection is lost before its end. */
  whole(body: Body): void;
  /** All bodies together exceed their limit, and this one was given up, while it arrived or when it was whole. */
  noRoom(): void;
}

interface Reading {
  readonly pages: Held<Reading>[];
  giveUp(): void;
}

/**
 * Reads request bodies into memory, with a limit for each and a limit for all together. Beyond that, the newest body of the
 * address that holds the most is given up.
 */
export class BodyReader {
  readonly #maxPages: number;
  readonly #mayGiveWay = new FairShares<Reading>();
  #pages = 0;

  /** @param maxHeldBytes - limit of all bodies together, from the first byte of each until its request is answered */
  constructor(maxHeldBytes: number) {
    this.#maxPages = Math.max(1, Math.floor(maxHeldBytes / PAGE_BYTES));
  }

  /** @returns what is to be called when the request begins to be handled: from then on its body is not given up */
  read(message: IncomingMessage, response: ServerResponse, holder: Holder, events: BodyEvents): () => void {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = () => {
      chunks.length = 0;
      message.off('data', onData).off('end', onEnd).resume();
    };
    const reading: Reading = {
      pages: [],
      giveUp() {
        stop();
        events.noRoom();
      },
    };
    const onData = (chunk: Uint8Array) => {
      if (length === 0) response.once('close', () => this.#release(reading));
      length += chunk.length;
      if (length > MAX_BODY_BYTES) {
        stop();
        events.whole('tooLong');
      } else if (this.#hold(reading, length, holder)) {
        chunks.push(chunk);
      }
    };
    const onEnd = () =>
      events.whole(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    message.on('data', onData).on('end', onEnd);
    return () => this.#keep(reading);
  }

  /** @returns whether there is room for that much of it */
  #hold(reading: Reading, bytes: number, holder: Holder): boolean {
    while (reading.pages.length * PAGE_BYTES < bytes) {
      reading.pages.push(this.#mayGiveWay.add(holder, reading));
      this.#pages += 1;
      if (this.#pages <= this.#maxPages) continue;
      const loser = this.#mayGiveWay.takeFromLargest('newest', holder) ?? reading;
      this.#release(loser);
      loser.giveUp();
      if (loser === reading) return false;
    }
    return true;
  }

  #keep({ pages }: Reading): void {
    for (const page of pages) this.#mayGiveWay.remove(page);
  }

  #release(reading: Reading): void {
    this.#keep(reading);
    this.#pages -= reading.pages.length;
    reading.pages.length = 0;
  }
}
