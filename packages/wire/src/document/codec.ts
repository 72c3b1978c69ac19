import type { MemberSchema } from '../schema.ts';

/** Codec of a body that is one document: JSON, XML or CBOR. */
export interface DocumentCodec {
  readonly mediaType: string;
  /** Whether a response without document members still has an empty document. */
  readonly answersEmptyDocument?: boolean;
  /**
   * Whether a body without a document is refused where one is expected, and a body that is no such document where none
   * is. Otherwise an empty body is read as a document without members, and what nobody expects is passed over.
   */
  readonly requiresDocument?: boolean;
  /** Compiles a reader, which throws `Misfit` or `WireError`. */
  reader(member: MemberSchema): (body: Uint8Array) => unknown;
  /** Compiles a writer, which throws `Misfit`. */
  writer(member: MemberSchema): (value: unknown) => string | Uint8Array;
}
