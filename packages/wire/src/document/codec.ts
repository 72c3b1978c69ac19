import type { MemberSchema } from '../schema.ts';

/** How one protocol carries a document in a body: JSON, XML, CBOR. */
export interface DocumentCodec {
  readonly mediaType: string;
  /** Whether an answer that has nothing to put into its document has the document all the same. */
  readonly answersEmptyDocument?: boolean;
  /** Compiles a reader; it throws `Misfit` or `WireError`. */
  reader(member: MemberSchema): (body: Uint8Array) => unknown;
  /** Compiles a writer; it throws `Misfit`. */
  writer(member: MemberSchema): (value: unknown) => string | Uint8Array;
}
