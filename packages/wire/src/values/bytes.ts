import type { Bytes } from '../http.ts';
import { unexpected } from '../misfit.ts';
import { streamOf } from '../streams/stream-of.ts';
import { viewed } from './expect.ts';
import { encodeUtf8 } from './utf8.ts';

/** Values that a caller may give for bytes that don't stream: text is sent as UTF-8, of a view what it shows. */
export type BytesInput = Uint8Array | ArrayBuffer | ArrayBufferView | string;

/** Values that a caller may give for a streaming blob. A stream of Node is an `AsyncIterable`. */
export type StreamingInput = BytesInput | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Converts a `StreamingInput` to bytes. @throws {Misfit} for any other value */
export function bytesFrom(value: unknown): Bytes {
  if (value instanceof ReadableStream) return value;
  const bytes = viewed(value);
  if (bytes !== undefined) return bytes;
  if (typeof value === 'string') return encodeUtf8(value);
  if (value instanceof Blob) return value.stream();
  if (isAsyncIterable(value)) return streamOf(value);
  throw unexpected(value, 'bytes, text, a Blob, a ReadableStream or an async iterable of bytes');
}

/** Number of bytes, where it is known without reading them. */
export function lengthOf(value: unknown): number | undefined {
  return value instanceof Blob ? value.size : undefined;
}

export function asStream(bytes: Bytes): ReadableStream<Uint8Array> {
  if (!(bytes instanceof Uint8Array)) return bytes;
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** @throws {TypeError} when the caller gave a stream for an output that does not stream */
export function wholeBody(body: Bytes): Uint8Array {
  if (body instanceof Uint8Array) return body;
  throw new TypeError('Cannot read the body: expected all of its bytes');
}

function isAsyncIterable(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
