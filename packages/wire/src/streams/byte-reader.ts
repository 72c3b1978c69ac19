import { concat } from './concat.ts';

/** Reads a stream by counts of bytes and by lines, however it arrives. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array, void, undefined>;
  #buffered: Uint8Array = new Uint8Array();

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]() as AsyncIterator<Uint8Array, void, undefined>;
  }

  /** @returns the bytes that the next read begins with; fewer only when the stream is over */
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

  /** @returns fewer bytes only when the stream is over */
  async read(count: number): Promise<Uint8Array> {
    const bytes = await this.peek(count);
    this.#buffered = this.#buffered.subarray(count);
    return bytes;
  }

  /** @returns what is there already, or comes next, up to a count of bytes; nothing when the stream is over */
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
   * Reads to the next CRLF, which it leaves out.
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

  /** Lets go of the stream. */
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
