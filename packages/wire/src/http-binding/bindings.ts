import { targetOf, traitsOf } from '../member.ts';
import type { MemberSchema, Schema, StructureSchema } from '../schema.ts';

/** A member that is bound to a part of the message outside the document in the body. */
export interface BoundMember {
  readonly name: string;
  readonly member: MemberSchema;
  readonly target: Schema;
  /** Name of the label, query parameter or header, or the prefix of headers. Empty where the binding has none. */
  readonly at: string;
}

/** HTTP bindings of the members of an input or output. */
export interface Bindings {
  readonly labels: readonly BoundMember[];
  readonly query: readonly BoundMember[];
  readonly queryParams: BoundMember | undefined;
  /** `at` is in lower case. */
  readonly headers: readonly BoundMember[];
  /** `at` is in lower case. */
  readonly prefixHeaders: BoundMember | undefined;
  readonly payload: BoundMember | undefined;
  readonly responseCode: BoundMember | undefined;
  /** The unbound members, which form the document in the body; undefined when there are none. */
  readonly document: StructureSchema | undefined;
}

/** Sorts the members of a structure by binding. Bindings of requests do not count in a response. */
export function bindingsOf(structure: StructureSchema, message: 'request' | 'response'): Bindings {
  const labels: BoundMember[] = [];
  const query: BoundMember[] = [];
  const headers: BoundMember[] = [];
  let queryParams: BoundMember | undefined;
  let prefixHeaders: BoundMember | undefined;
  let payload: BoundMember | undefined;
  let responseCode: BoundMember | undefined;
  const document: Record<string, MemberSchema> = {};
  for (const [name, member] of Object.entries(structure.members)) {
    const traits = traitsOf(member);
    const bound = (at: string): BoundMember => ({ name, member, target: targetOf(member), at });
    if (traits.httpHeader !== undefined) headers.push(bound(traits.httpHeader.toLowerCase()));
    else if (traits.httpPrefixHeaders !== undefined)
      prefixHeaders = bound(traits.httpPrefixHeaders.toLowerCase());
    else if (traits.httpPayload) payload = bound('');
    else if (message === 'request' && traits.httpLabel) labels.push(bound(name));
    else if (message === 'request' && traits.httpQuery !== undefined) query.push(bound(traits.httpQuery));
    else if (message === 'request' && traits.httpQueryParams) queryParams = bound('');
    else if (message === 'response' && traits.httpResponseCode) responseCode = bound('');
    else document[name] = member;
  }
  const hasDocument = Object.keys(document).length > 0;
  return {
    labels,
    query,
    queryParams,
    headers,
    prefixHeaders,
    payload,
    responseCode,
    document: hasDocument ? { ...structure, members: document } : undefined,
  };
}
