import { targetOf, traitsOf } from '@latchkey/wire/member';
import { perOperation } from '@latchkey/wire/per-operation';
import type { StructureValue } from '@latchkey/wire/protocol';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { concat } from '@latchkey/wire/streams/concat';

/** A body that is read while it arrives. Read it or `cancel()` it: until then its connection is occupied. */
export interface StreamingOutput extends ReadableStream<Uint8Array> {
  /** Reads the whole body. */
  bytes(): Promise<Uint8Array>;
  /** Reads the whole body as UTF-8. */
  text(): Promise<string>;
  /** Reads the whole body as JSON. */
  json(): Promise<unknown>;
}

/** Name of the output member that is read as a stream, if the operation has one. */
export const streamingOutputOf = perOperation(({ output }) => streamingMemberOf(output)?.name);

/** What kind of body an operation's successful response has. */
export const responseBodyOf = perOperation(({ output }) => {
  const payload = Object.values(output.members).find((member) => traitsOf(member).httpPayload);
  return {
    /** Whether the body is stored bytes, such as an object of S3. */
    isStored: payload !== undefined && targetOf(payload).type === 'blob',
    /** Whether the body is an event stream, which has no time limit. */
    isEvents: streamingMemberOf(output)?.target.type === 'union',
  };
});

/**
 * Completes the streaming member of an output: a byte stream gets `bytes()`, `text()` and `json()`; an event stream
 * gets the caller's errors.
 *
 * @param explain turns an error of the event stream into the one that the caller gets
 */
export function handOut(
  output: StructureValue,
  streaming: string,
  explain: (error: unknown) => unknown,
): StructureValue {
  const body = output[streaming];
  if (body instanceof ReadableStream) withShortcuts(body);
  if (body instanceof ReadableStream || !isIterable(body)) return output;
  return { ...output, [streaming]: explained(body, explain) };
}

/** Gives a stream `bytes()`, `text()` and `json()`. */
export function withShortcuts(stream: ReadableStream<Uint8Array>): StreamingOutput {
  async function bytes(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    const reader = stream.getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
    } finally {
      reader.releaseLock();
    }
    return concat(parts);
  }
  const text = async () => new TextDecoder().decode(await bytes());
  return Object.assign(stream, { bytes, text, json: async () => JSON.parse(await text()) as unknown });
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

async function* explained(
  events: AsyncIterable<unknown>,
  explain: (error: unknown) => unknown,
): AsyncGenerator<unknown, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    throw explain(error);
  }
}
