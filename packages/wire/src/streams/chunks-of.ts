import type { Bytes } from '../http.ts';

/** Reads a body piece by piece; a stream that is not read to its end is cancelled. */
export async function* chunksOf(body: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  if (body instanceof Uint8Array) {
    yield body;
    return;
  }
  // Not every browser iterates over streams.
  const reader = body.getReader();
  let isOver = false;
  try {
    while (true) {
      const { done, value } = await reader.read();
      isOver = done;
      if (done) return;
      yield value;
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) await reader.cancel();
    reader.releaseLock();
  }
}
