/** Signatures of the chunks of one body. Each covers the signature before it. */
export interface ChunkSignatures {
  /** Signature of the next chunk, in hex. */
  ofChunk(data: Uint8Array): Promise<string>;
  /** Signature of the trailers, in hex. Comes last. */
  ofTrailers(text: string): Promise<string>;
}
