import type { Readable } from 'node:stream';

const highWaterMark = 65_536;

export interface IncomingStreamOptions {
  /** What an error of the connection means to the reader. */
  explain(error: Error): Error;
  /** Whether all of it came, when it has ended. */
  isWhole(): boolean;
  /** Ends the exchange, because the reader has enough. */
  stop(): void;
}

/** The body of a response as a Web stream, which takes no more from the socket than its reader does. */
export function incomingStream(
  incoming: Readable,
  { explain, isWhole, stop }: IncomingStreamOptions,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on('data', (chunk: Uint8Array) => {
          // A view of its own, because a reader may transfer the buffer, which Node shares between chunks.
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        const breakOff = () => controller.error(explain(new Error('the service broke off its answer')));
        incoming.on('end', () => {
          if (isWhole()) controller.close();
          else breakOff();
        });
        incoming.on('error', (error) => controller.error(explain(error)));
        incoming.on('close', () => {
          if (!incoming.readableEnded) breakOff();
        });
        incoming.pause();
      },
      pull() {
        incoming.resume();
      },
      cancel() {
        stop();
      },
    },
    { highWaterMark, size: (chunk) => chunk.byteLength },
  );
}
