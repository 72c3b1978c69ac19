import { crc32 } from '../checksums/crc32.ts';
import { Misfit } from '../misfit.ts';
import { concat } from '../streams/concat.ts';
import { decodeHeaders, type EventHeaders, encodeHeaders } from './headers.ts';

/**
 * A message of an event stream.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export interface Message {
  readonly headers: EventHeaders;
  readonly payload: Uint8Array;
}

/** Length in bytes of the prelude: total length, length of the headers, and a checksum of both. */
export const preludeLength = 12;
const checksumLength = 4;

export function encodeMessage({ headers, payload }: Message): Uint8Array {
  const encodedHeaders = encodeHeaders(headers);
  const prelude = new DataView(new ArrayBuffer(preludeLength));
  prelude.setUint32(0, preludeLength + encodedHeaders.length + payload.length + checksumLength);
  prelude.setUint32(4, encodedHeaders.length);
  prelude.setUint32(8, crcOf(new Uint8Array(prelude.buffer, 0, 8)));
  const bytes = concat([
    new Uint8Array(prelude.buffer),
    encodedHeaders,
    payload,
    new Uint8Array(checksumLength),
  ]);
  const end = bytes.length - checksumLength;
  new DataView(bytes.buffer).setUint32(end, crcOf(bytes.subarray(0, end)));
  return bytes;
}

/**
 * Length of a message in bytes, from its prelude.
 *
 * @throws {Misfit} when the prelude is damaged
 */
export function messageLength(prelude: Uint8Array): number {
  const view = new DataView(prelude.buffer, prelude.byteOffset, prelude.length);
  if (prelude.length < preludeLength) throw new Misfit('the stream ends within a message');
  if (view.getUint32(8) !== crcOf(prelude.subarray(0, 8)))
    throw new Misfit('the checksum of a prelude is wrong');
  const length = view.getUint32(0);
  if (preludeLength + view.getUint32(4) + checksumLength > length)
    throw new Misfit('the headers of a message are longer than the message');
  return length;
}

/**
 * Decodes a message.
 *
 * @param bytes the whole message, as long as `messageLength` says
 * @throws {Misfit} when the message is damaged
 */
export function decodeMessage(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - checksumLength;
  if (view.getUint32(end) !== crcOf(bytes.subarray(0, end)))
    throw new Misfit('the checksum of a message is wrong');
  const headersEnd = preludeLength + view.getUint32(4);
  return {
    headers: decodeHeaders(bytes.subarray(preludeLength, headersEnd)),
    payload: bytes.subarray(headersEnd, end),
  };
}

function crcOf(bytes: Uint8Array): number {
  const checksum = crc32();
  checksum.update(bytes);
  return checksum.value();
}
