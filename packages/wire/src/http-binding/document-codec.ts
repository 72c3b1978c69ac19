import type { MemberSchema } from '../schema.ts';

/** How one protocol carries a document in a body: JSON, XML, CBOR. */
export interface DocumentCodec {
  readonly mediaType: string;
  /** Compiles a reader; it throws `Misfit` or `WireError`. */
  reader(member: MemberSchema): (body: Uint8Array) => unknown;
  /** Compiles a writer; it throws `Misfit`. */
  writer(member: MemberSchema): (value: unknown) => string | Uint8Array;
}
