import { concat } from './concat.ts';

/** Reads a stream by numbers of bytes and by lines, whatever the sizes of its chunks. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array, void, undefined>;
  #buffered: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, void, undefined>;
  }

  /** @returns the next bytes, which stay unread; fewer only at the end of the stream */
  async peek(count: number): Promise<Uint8Array> {
    const parts = [this.#buffered];
    let length = this.#buffered.length;
    while (length < count) {
      const { done, value } = await this.#chunks.next();
      if (done === true) break;
      parts.push(value);
      length += value.length;
    }
    if (parts.length > 1) this.#buffered = concat(parts);
    return this.#buffered.subarray(0, count);
  }

  /** @returns the next bytes; fewer only at the end of the stream */
  async read(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.#buffered = this.#buffered.subarray(count);
    return bytes;
  }

  /** @returns the bytes that are available, else the next chunk, up to `count` bytes; none at the end of the stream */
  async readSome(count: number): Promise<Uint8Array> {
    while (this.#buffered.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done === true) break;
      this.#buffered = value;
    }
    const bytes = this.#buffered.subarray(0, count);
    this.#buffered = this.#buffered.subarray(count);
    return bytes;
  }

  /**
   * Reads a line, and returns it without its CRLF.
   *
   * @returns undefined when there is none within `limit` bytes
   */
  async readLine(limit: number): Promise<string | undefined> {
    let bytes = this.#buffered;
    let searched = 0;
    while (true) {
      const end = endOfLine(bytes, searched);
      if (end > limit) return undefined;
      if (end !== -1) {
        this.#buffered = bytes.subarray(end + 2);
        return new TextDecoder().decode(bytes.subarray(0, end));
      }
      if (bytes.length > limit + 1) return undefined;
      searched = Math.max(0, bytes.length - 1);
      const { done, value } = await this.#chunks.next();
      if (done === true) return undefined;
      bytes = concat([bytes, value]);
    }
  }

  /** Cancels the stream, if it has not ended. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

function endOfLine(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x0d, from); at !== -1; at = bytes.indexOf(0x0d, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at;
  }
  return -1;
}
