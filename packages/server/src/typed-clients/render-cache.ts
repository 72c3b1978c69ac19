import type { Compression } from './content-coding.ts';
import type { Rendered, SourceFile } from './render-messages.ts';

/** A rendered answer, and what follows from it. */
export interface CacheEntry {
  readonly rendered: Omit<Rendered, 'body'>;
  readonly body: Uint8Array;
  /** Strong entity tag of the uncompressed body, quotes included (RFC 9110 section 8.8.3). */
  readonly etag: string;
  /** The compressed bodies that have been asked for, by content coding. */
  readonly compressed: Map<Compression, Promise<Uint8Array>>;
  /** Time of the last check that no source has changed, in milliseconds since the Unix epoch. */
  checkedAtMs: number;
}

/** Rendered answers by request. Beyond `maxBytes` the least recently used entry is removed first. */
export class RenderCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, CacheEntry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): CacheEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, entry: CacheEntry): void {
    this.delete(key);
    this.#entries.set(key, entry);
    this.#bytes += sizeOf(key, entry);
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= sizeOf(key, entry);
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** The compressed bodies, of which there may be two, are counted as half of the body. */
function sizeOf(key: string, { body, rendered }: CacheEntry): number {
  const sources = rendered.sources.reduce((sum: number, { path }: SourceFile) => sum + path.length, 0);
  return Math.ceil(key.length + sources + 1.5 * body.length + 1000);
}
