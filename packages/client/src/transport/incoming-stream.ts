import type { IncomingMessage } from 'node:http';

const highWaterMark = 65_536;

/**
 * The body of a response as a Web stream, which takes no more from the socket than its reader does.
 *
 * @param explain what an error of the connection means to the reader
 */
export function incomingStream(
  incoming: IncomingMessage,
  explain: (error: Error) => Error,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        incoming.on('data', (chunk: Uint8Array) => {
          // A view of its own, because a reader may transfer the buffer, which Node shares between chunks.
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 0) <= 0) incoming.pause();
        });
        incoming.on('end', () => controller.close());
        incoming.on('error', (error) => controller.error(explain(error)));
        incoming.pause();
      },
      pull() {
        incoming.resume();
      },
      cancel() {
        incoming.destroy();
      },
    },
    { highWaterMark, size: (chunk) => chunk.byteLength },
  );
}
