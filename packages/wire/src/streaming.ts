import { targetOf, traitsOf } from './member.ts';
import type { OperationSchema, Schema, StructureSchema } from './schema.ts';

/** A member that travels piece by piece: a streaming blob, or the events of a union. */
export interface StreamingMember {
  readonly name: string;
  readonly target: Schema;
}

/** The streaming member of an input or output, of which a model allows one. */
export function streamingMemberOf(structure: StructureSchema): StreamingMember | undefined {
  for (const [name, member] of Object.entries(structure.members)) {
    if (traitsOf(member).streaming) return { name, target: targetOf(member) };
  }
  return undefined;
}

/** Whether the body of a request may be a stream. */
export function streamsInput({ input }: OperationSchema): boolean {
  return streamingMemberOf(input) !== undefined;
}

/** Whether the body of a response is to be given to `parseOutput` while it is still coming in. */
export function streamsOutput({ output }: OperationSchema): boolean {
  return streamingMemberOf(output) !== undefined;
}
