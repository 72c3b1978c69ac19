import type { StructureSchema } from '../schema.ts';
import { streamingMemberOf } from '../streaming.ts';

/** What an input or output consists of: a document, and perhaps events. */
export interface Parts {
  readonly document: StructureSchema;
  readonly stream: { readonly name: string; readonly union: StructureSchema } | undefined;
}

/** @throws {TypeError} when a blob streams, for which these protocols have no place */
export function partsOf(structure: StructureSchema): Parts {
  const streaming = streamingMemberOf(structure);
  if (streaming === undefined) return { document: structure, stream: undefined };
  const { name, target } = streaming;
  if (target.type !== 'union')
    throw new TypeError(`Cannot stream "${name}" of ${structure.name}: the protocol streams events alone`);
  const { [name]: _events, ...members } = structure.members;
  return { document: { ...structure, members }, stream: { name, union: target } };
}
