import type { WireError } from '../error.ts';
import type { Bytes } from '../http.ts';
import { Misfit, reporting } from '../misfit.ts';
import { ByteReader } from '../streams/byte-reader.ts';
import { chunksOf } from '../streams/chunks-of.ts';
import { messageLength, preludeLength } from './message.ts';

/** Maximum length of a message in bytes: a payload of 24 MiB, headers of 128 KiB, and 16 bytes of lengths and checksums. */
const maxMessageLength = 24 * 1024 * 1024 + 128 * 1024 + 16;

/**
 * Splits a stream into messages. Only the prelude of each is checked.
 *
 * @throws {WireError} `malformed` when a prelude is damaged, or the last message is incomplete
 */
export async function* readMessages(body: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(chunksOf(body));
  try {
    while (true) {
      const prelude = await reader.peek(preludeLength);
      if (prelude.length === 0) return;
      const length = reporting('malformed', () => messageLength(prelude));
      if (length > maxMessageLength)
        throw malformed(`found a message of ${length} bytes, expected ${maxMessageLength} at most`);
      const message = await reader.read(length);
      if (message.length < length) throw malformed('the stream ends within a message');
      yield message;
    }
  } finally {
    await reader.close();
  }
}

function malformed(reason: string): WireError {
  return new Misfit(reason).toWireError('malformed');
}
