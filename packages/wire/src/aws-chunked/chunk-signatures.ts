/** Signatures of the chunks of one body, each going on from the one before. */
export interface ChunkSignatures {
  /** That of the next chunk, in hex. */
  ofChunk(data: Uint8Array): Promise<string>;
  /** That of the trailers, which come last. */
  ofTrailers(text: string): Promise<string>;
}
