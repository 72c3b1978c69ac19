import type { IncomingMessage } from 'node:http';

/** The largest that a real client sends is some 6 KiB. */
const MAX_BODY_BYTES = 64 * 1024;

/** A body, read whole; or why it was not: it is longer than is taken, or there is no room for more at the moment. */
export type Body = Uint8Array | 'tooLong' | 'noRoom';

/** Reads bodies, and bounds what they take: each, and all that are on their way together. */
export class BodyReader {
  readonly #maxHeldBytes: number;
  #heldBytes = 0;

  /** @param maxHeldBytes - of all bodies that are being read or answered */
  constructor(maxHeldBytes: number) {
    this.#maxHeldBytes = maxHeldBytes;
  }

  /** @param done - called once, unless the connection is lost before */
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
