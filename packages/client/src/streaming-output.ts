import { streamingMemberOf } from '@latchkey/wire/streaming';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { concat } from '@latchkey/wire/streams/concat';
import type { Operation } from './operation.ts';

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

/** Gives a stream in an output its shortcuts. */
export function withStreamingOutput(operation: Operation, output: Record<string, unknown>): void {
  const name = streamingMemberOf(operation.output)?.name;
  const stream = name === undefined ? undefined : output[name];
  if (stream instanceof ReadableStream) Object.assign(stream, shortcuts(stream));
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
