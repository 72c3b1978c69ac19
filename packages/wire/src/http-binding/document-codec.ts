import type { Schema } from '../schema.ts';

/** How one protocol carries a document in a body: JSON, XML, ... */
export interface DocumentCodec {
  readonly mediaType: string;
  /** Compiles a reader; it throws `Misfit` or `WireError`. */
  reader(schema: Schema): (body: Uint8Array) => unknown;
  /** Compiles a writer; it throws `Misfit`. */
  writer(schema: Schema): (value: unknown) => string;
}
