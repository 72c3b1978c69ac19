import type { MemberSchema } from '../schema.ts';

/** Codec of a body that is one document: JSON, XML or CBOR. */
export interface DocumentCodec {
  readonly mediaType: string;
  /** Whether a response without document members still has an empty document. */
  readonly answersEmptyDocument?: boolean;
  /** Compiles a reader, which throws `Misfit` or `WireError`. */
  reader(member: MemberSchema): (body: Uint8Array) => unknown;
  /** Compiles a writer, which throws `Misfit`. */
  writer(member: MemberSchema): (value: unknown) => string | Uint8Array;
}
