import type { Bytes } from '../http.ts';

/** Iterates over the chunks of a body. A stream that is not read to its end is cancelled. */
export async function* chunksOf(body: Bytes): AsyncGenerator<Uint8Array, void, undefined> {
  if (body instanceof Uint8Array) {
    yield body;
    return;
  }
  // Not every browser has async iteration of streams.
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
