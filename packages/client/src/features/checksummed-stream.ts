import type { Checksum } from '@latchkey/wire/checksums/checksum';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { streamOf } from '@latchkey/wire/streams/stream-of';
import { encodeBase64 } from '@latchkey/wire/values/base64';

/** Takes the checksum of a stream while it is read; it is there, in base64, once the stream has come to its end. */
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

/** @param validate is given the checksum, in base64, before the end of the stream is told; what it throws ends the stream */
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
