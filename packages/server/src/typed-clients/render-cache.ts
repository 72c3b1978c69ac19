import { addressBlocks } from '../limits/address-block.ts';
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

interface Kept {
  readonly entry: CacheEntry;
  /** The widest block of the address on whose behalf it was rendered. */
  readonly holder: string;
  readonly bytes: number;
}

/**
 * Rendered answers by request. Beyond `maxBytes` the least recently used entry goes, of the address (IPv6: the /48) whose
 * entries take the most; so whoever asks for many removes what they asked for, and not what others use.
 */
export class RenderCache {
  readonly #maxBytes: number;
  readonly #kept = new Map<string, Kept>();
  readonly #bytesByHolder = new Map<string, number>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): CacheEntry | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.entry;
  }

  /** @param address - for whom it was rendered */
  set(key: string, entry: CacheEntry, address: string): void {
    this.delete(key);
    const holder = addressBlocks(address)[0]?.name ?? address;
    const bytes = sizeOf(key, entry);
    this.#kept.set(key, { entry, holder, bytes });
    this.#count(holder, bytes);
    while (this.#bytes > this.#maxBytes) this.#removeOne();
  }

  delete(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    this.#kept.delete(key);
    this.#count(kept.holder, -kept.bytes);
  }

  clear(): void {
    this.#kept.clear();
    this.#bytesByHolder.clear();
    this.#bytes = 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  #count(holder: string, bytes: number): void {
    this.#bytes += bytes;
    const held = (this.#bytesByHolder.get(holder) ?? 0) + bytes;
    if (held === 0) this.#bytesByHolder.delete(holder);
    else this.#bytesByHolder.set(holder, held);
  }

  #removeOne(): void {
    const most = Math.max(...this.#bytesByHolder.values());
    const isLargest = ({ holder }: Kept) => this.#bytesByHolder.get(holder) === most;
    const [key] = this.#kept.entries().find(([, kept]) => isLargest(kept)) ?? [];
    if (key !== undefined) this.delete(key);
  }
}

/** The compressed bodies, of which there may be two, are counted as half of the body. */
function sizeOf(key: string, { body, rendered }: CacheEntry): number {
  const sources = rendered.sources.reduce((sum: number, { path }: SourceFile) => sum + path.length, 0);
  return Math.ceil(key.length + sources + 1.5 * body.length + 1000);
}
