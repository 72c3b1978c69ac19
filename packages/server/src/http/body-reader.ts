import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from './route.ts';

/** A whole body; `tooLong` when it exceeds `MAX_BODY_BYTES`, `noRoom` when all bodies together exceed their limit. */
export type Body = Uint8Array | 'tooLong' | 'noRoom';

/** Reads request bodies into memory, with a limit for each and a limit for all together. */
export class BodyReader {
  readonly #maxHeldBytes: number;
  #heldBytes = 0;

  /** @param maxHeldBytes - limit of all bodies together, from the first byte until the connection is done with the request */
  constructor(maxHeldBytes: number) {
    this.#maxHeldBytes = maxHeldBytes;
  }

  /** @param done - called once; never, when the connection is lost before the end of the body */
  read(message: IncomingMessage, done: (body: Body) => void): void {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const giveUp = (why: 'tooLong' | 'noRoom') => {
      message.off('data', onData).off('end', onEnd).resume();
      done(why);
    };
    const onData = (chunk: Uint8Array) => {
      length += chunk.length;
      this.#heldBytes += chunk.length;
      if (length > MAX_BODY_BYTES) giveUp('tooLong');
      else if (this.#heldBytes > this.#maxHeldBytes) giveUp('noRoom');
      else chunks.push(chunk);
    };
    const onEnd = () =>
      done(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    message
      .on('data', onData)
      .on('end', onEnd)
      .once('close', () => {
        this.#heldBytes -= length;
      });
  }
}
