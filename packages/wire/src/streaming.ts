import { targetOf, traitsOf } from './member.ts';
import type { OperationSchema, Schema, StructureSchema } from './schema.ts';

/** A streaming member: a streaming blob, or an event stream. */
export interface StreamingMember {
  readonly name: string;
  readonly target: Schema;
}

/** The streaming member of an input or output. A model allows one at most. */
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

/** Whether `parseOutput` gets the body of a response as a stream. */
export function streamsOutput({ output }: OperationSchema): boolean {
  return streamingMemberOf(output) !== undefined;
}
