import type { Readable } from 'node:stream';

const highWaterMark = 65_536;

export interface IncomingStreamOptions {
  /** Turns an error of the connection into the one that the reader gets. */
  explain(error: Error): Error;
  /** Whether the body was complete when it ended. */
  isWhole(): boolean;
  /** Ends the exchange: the reader wants no more. */
  stop(): void;
}

/** Response body as a Web stream with backpressure: it reads from the socket only what its reader asks for. */
export function incomingStream(
  incoming: Readable,
  { explain, isWhole, stop }: IncomingStreamOptions,
): ReadableStream<Uint8Array> {
  // Chunks that arrive after the reader has cancelled are dropped: a closed controller throws.
  let isCancelled = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on('data', (chunk: Uint8Array) => {
          if (isCancelled) return;
          // A copy: a reader may transfer the buffer, which Node shares between chunks.
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        const breakOff = () => controller.error(explain(new Error('the service broke off its answer')));
        incoming.on('end', () => {
          if (isCancelled) return;
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
        isCancelled = true;
        stop();
      },
    },
    { highWaterMark, size: (chunk) => chunk.byteLength },
  );
}
