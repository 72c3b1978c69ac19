import type { DocumentCodec } from '../document/codec.ts';
import type { StructureValue } from '../protocol.ts';
import type { StructureSchema } from '../schema.ts';
import { bodyBytes } from '../values/utf8.ts';

/** Compiles the reader of a structure from a body. An empty body is an empty structure. */
export function documentReader(
  structure: StructureSchema,
  codec: DocumentCodec,
): (body: Uint8Array) => StructureValue {
  const read = codec.reader({ target: structure });
  const empty = bodyBytes(codec.writer({ target: { ...structure, members: {} } })({}));
  return (body) => read(body.length === 0 ? empty : body) as StructureValue;
}
