import type { DocumentCodec } from '../document/codec.ts';
import type { EventStreamCodec } from '../event-stream/codec.ts';
import type { Bytes, ReceivedResponse } from '../http.ts';
import { traitsOf } from '../member.ts';
import { Misfit } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { wholeBody } from '../values/bytes.ts';
import type { Bindings, BoundMember } from './bindings.ts';
import { bindingsOf } from './bindings.ts';
import { bodyOf } from './body.ts';
import { headersReader } from './headers.ts';
import type { Draft } from './part.ts';
import { streamingBodyOf } from './streaming-body.ts';

/**
 * Compiles a client's reader of a structure from a response.
 *
 * @returns a reader that throws `Misfit` or `WireError`
 */
export function responseReader(
  structure: StructureSchema,
  codec: DocumentCodec,
  eventStreams?: EventStreamCodec,
): (response: ReceivedResponse<Bytes>) => Draft {
  const bindings = bindingsOf(structure, 'response');
  const streaming = streamingBodyOf(bindings.payload, codec, eventStreams);
  const body = streaming === undefined ? bodyOf(bindings, codec, 'response') : undefined;
  const checkNothing =
    streaming === undefined && body === undefined ? nothingChecker(structure, codec) : undefined;
  const readHeaders = headersReader(bindings, 'client');
  const checkInitial = isEvents(bindings.payload) ? initialChecker(bindings) : undefined;
  const statusMember = bindings.responseCode?.name;
  return (response) => {
    const draft: Draft = {};
    checkInitial?.(response);
    streaming?.readInto(draft, response.body);
    body?.readInto(draft, wholeBody(response.body));
    checkNothing?.(wholeBody(response.body));
    readHeaders(draft, response);
    if (statusMember !== undefined) draft[statusMember] = response.status;
    return draft;
  };
}

/** Checks a body in which no member travels: it is empty, or a document without members. */
function nothingChecker(
  structure: StructureSchema,
  codec: DocumentCodec,
): ((body: Uint8Array) => void) | undefined {
  if (!codec.requiresDocument) return undefined;
  const read = codec.reader({ target: { ...structure, members: {} } });
  return (body) => {
    if (body.length > 0) read(body);
  };
}

/**
 * Compiles the check of an event stream's initial response: required headers must be there. In other outputs a client
 * fills in absent required members, but events make no sense without their initial response.
 */
function initialChecker({ headers }: Bindings): (response: ReceivedResponse<Bytes>) => void {
  const required = headers.filter(({ member }) => traitsOf(member).required);
  return (response) => {
    const absent = required.find(({ at }) => response.headers[at] === undefined);
    if (absent !== undefined) throw new Misfit(`expected the header '${absent.at}'`).within(absent.name);
  };
}

function isEvents(payload: BoundMember | undefined): boolean {
  return payload?.target.type === 'union' && traitsOf(payload.member).streaming === true;
}
