import { perOperation } from '@latchkey/wire/per-operation';
import type { StructureValue } from '@latchkey/wire/protocol';
import { streamingMemberOf } from '@latchkey/wire/streaming';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { concat } from '@latchkey/wire/streams/concat';

/**
 * A body that is read as it comes in. Read it, or `cancel()` it: until then its connection is held.
 */
export interface StreamingOutput extends ReadableStream<Uint8Array> {
  /** Reads all of it. */
  bytes(): Promise<Uint8Array>;
  /** Reads all of it as UTF-8. */
  text(): Promise<string>;
  /** Reads all of it as JSON. */
  json(): Promise<unknown>;
}

/** The member of an output that is handed out while it is coming in. */
export const streamingOutputOf = perOperation(({ output }) => streamingMemberOf(output)?.name);

/**
 * Gives a stream its shortcuts; events, which may fail while they are read, an explanation of that.
 *
 * @param explain turns an error among the events into what the caller gets
 */
export function handOut(
  output: StructureValue,
  streaming: string,
  explain: (error: unknown) => unknown,
): StructureValue {
  const body = output[streaming];
  if (body instanceof ReadableStream) Object.assign(body, shortcuts(body));
  if (body instanceof ReadableStream || !isIterable(body)) return output;
  return { ...output, [streaming]: explained(body, explain) };
}

function shortcuts(stream: ReadableStream<Uint8Array>): Pick<StreamingOutput, 'bytes' | 'text' | 'json'> {
  async function bytes(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of chunksOf(stream)) parts.push(part);
    return concat(parts);
  }
  const text = async () => new TextDecoder().decode(await bytes());
  return { bytes, text, json: async () => JSON.parse(await text()) as unknown };
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
