import type { StructureSchema } from '../schema.ts';
import { streamingMemberOf } from '../streaming.ts';

/** Parts of an input or output: a document, and maybe an event stream. */
export interface Parts {
  readonly document: StructureSchema;
  readonly stream: { readonly name: string; readonly union: StructureSchema } | undefined;
}

/** @throws {TypeError} for a streaming blob, which RPC protocols cannot send */
export function partsOf(structure: StructureSchema): Parts {
  const streaming = streamingMemberOf(structure);
  if (streaming === undefined) return { document: structure, stream: undefined };
  const { name, target } = streaming;
  if (target.type !== 'union')
    throw new TypeError(`Cannot stream "${name}" of ${structure.name}: the protocol streams events alone`);
  const { [name]: _events, ...members } = structure.members;
  return { document: { ...structure, members }, stream: { name, union: target } };
}
