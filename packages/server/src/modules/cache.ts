import type { Made, SourceFile } from './making.ts';

/** An answer with what has been derived from it. */
export interface Kept {
  readonly made: Omit<Made, 'body'>;
  readonly body: Uint8Array;
  /** Strong entity tag, quotes included (RFC 9110 section 8.8.3). */
  readonly etag: string;
  /** The body as sent, by content coding. */
  readonly encoded: Map<Compression, Promise<Uint8Array>>;
  /** When it was last seen that no source has changed, in milliseconds since the Unix epoch. */
  checkedAtMs: number;
}

export type Compression = 'br' | 'gzip';

/** Answers by what was asked, the one not asked for longest going first when they take too much memory. */
export class AnswerCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Kept>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): Kept | undefined {
    const kept = this.#entries.get(key);
    if (kept === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, kept);
    return kept;
  }

  set(key: string, kept: Kept): void {
    this.delete(key);
    this.#entries.set(key, kept);
    this.#bytes += sizeOf(key, kept);
    for (const [oldest] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const kept = this.#entries.get(key);
    if (kept === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= sizeOf(key, kept);
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** Compressed forms are a fraction of the body, and counted as half of it. */
function sizeOf(key: string, { body, made }: Kept): number {
  const sources = made.sources.reduce((sum: number, { path }: SourceFile) => sum + path.length, 0);
  return Math.ceil(key.length + sources + 1.5 * body.length + 1000);
}
