import type { Writable } from 'node:stream';
import type { Bytes } from '@latchkey/wire/http';
import { ClientError } from '../client-error.ts';

/** Bytes up to which a body is sent as text. */
const SHORT = 4096;

/** Sends a body as fast as the other end takes it. Where reading it fails, calls `fail` with the error. */
export function sendBody(outgoing: Writable, body: Bytes, fail: (error: Error) => void): void {
  if (body instanceof Uint8Array) {
    if (body.length === 0) outgoing.end();
    else if (body.length <= SHORT) outgoing.end(asLatin1(body), 'latin1');
    else outgoing.end(body);
    return;
  }
  void pump(outgoing, body.getReader()).catch((error: unknown) => {
    if (error instanceof ClientError) return fail(error);
    const reason = error instanceof Error ? error.message : String(error);
    fail(
      new ClientError('bodyFailed', `Cannot send the body: reading it failed: ${reason}`, { cause: error }),
    );
  });
}

/** The same bytes as text: Node sends text in one write with the headers, which takes less than bytes in a write of their own. */
function asLatin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

async function pump(outgoing: Writable, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const closed = () => void reader.cancel().catch(() => {});
  outgoing.once('close', closed);
  for (;;) {
    const { done, value } = await reader.read();
    // The other end wants no more of the body.
    if (outgoing.writableEnded) return;
    if (done) break;
    if (!outgoing.write(value)) await drained(outgoing);
  }
  outgoing.off('close', closed);
  outgoing.end();
}

function drained(outgoing: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      outgoing.off('drain', go).off('close', go);
      resolve();
    };
    outgoing.on('drain', go).on('close', go);
  });
}
