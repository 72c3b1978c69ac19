import { targetOf, traitsOf } from '../member.ts';
import type { MemberSchema, Schema, StructureSchema } from '../schema.ts';
import type { EventHeaderType } from './headers.ts';

/** Where the members of an event are in its message. */
export interface EventParts {
  readonly headers: readonly {
    readonly name: string;
    readonly type: EventHeaderType;
    readonly target: Schema;
  }[];
  readonly payload: { readonly name: string; readonly target: Schema } | undefined;
  /** The unbound members, which form the document in the payload; undefined when there are none. */
  readonly document: StructureSchema | undefined;
}

export function eventParts(structure: StructureSchema): EventParts {
  const headers: EventParts['headers'][number][] = [];
  let payload: EventParts['payload'];
  const members: Record<string, MemberSchema> = {};
  for (const [name, member] of Object.entries(structure.members)) {
    const traits = traitsOf(member);
    if (traits.eventHeader)
      headers.push({ name, type: headerType(targetOf(member)), target: targetOf(member) });
    else if (traits.eventPayload) payload = { name, target: targetOf(member) };
    else members[name] = member;
  }
  const hasDocument = payload === undefined && Object.keys(members).length > 0;
  return { headers, payload, document: hasDocument ? { ...structure, members } : undefined };
}

function headerType({ type }: Schema): EventHeaderType {
  switch (type) {
    case 'boolean':
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'blob':
    case 'timestamp':
      return type;
    case 'intEnum':
      return 'integer';
    default:
      return 'string';
  }
}
