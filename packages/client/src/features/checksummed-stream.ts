import type { Checksum } from '@latchkey/wire/checksums/checksum';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { streamOf } from '@latchkey/wire/streams/stream-of';
import { encodeBase64 } from '@latchkey/wire/values/base64';

/** Computes the checksum of a stream while it is read. It is available, in base64, once the stream has ended. */
export function checksummed(
  body: ReadableStream<Uint8Array>,
  checksum: Checksum,
): { readonly body: ReadableStream<Uint8Array>; checksum(): string } {
  let digest = '';
  const read = validated(body, checksum, (found) => {
    digest = found;
  });
  return { body: read, checksum: () => digest };
}

/** @param validate called with the checksum, in base64, before the stream ends; an error thrown here is the stream's error */
export function validated(
  body: ReadableStream<Uint8Array>,
  checksum: Checksum,
  validate: (found: string) => void,
): ReadableStream<Uint8Array> {
  return streamOf(update(body, checksum, validate));
}

async function* update(
  body: ReadableStream<Uint8Array>,
  checksum: Checksum,
  validate: (found: string) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of chunksOf(body)) {
    checksum.update(bytes);
    yield bytes;
  }
  validate(encodeBase64(checksum.digest()));
}
