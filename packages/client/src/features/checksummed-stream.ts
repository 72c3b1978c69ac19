import type { Checksum } from '@latchkey/wire/checksums/checksum';
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
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) {
          checksum.update(value);
          controller.enqueue(value);
          return;
        }
        validate(encodeBase64(checksum.digest()));
        controller.close();
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
