import { targetOf } from '../member.ts';
import { at, Misfit, unexpected } from '../misfit.ts';
import type { MemberSchema, StructureSchema } from '../schema.ts';
import { bytesOf, expectText } from '../values/expect.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import type { EventDocuments, EventValue } from './codec.ts';
import { eventParts } from './event-parts.ts';
import type { EventHeader } from './headers.ts';
import type { Message } from './message.ts';

const empty = new Uint8Array();

/**
 * Compiles the writer of a union's events.
 *
 * @returns a writer that throws `Misfit`
 */
export function eventWriter(
  union: StructureSchema,
  documents: EventDocuments,
): (event: EventValue) => Message {
  const writers = new Map<string, (value: unknown) => Message>();
  return (event) => {
    const [[name, value] = ['', undefined], ...others] = Object.entries(event).filter(
      ([, each]) => each !== undefined && each !== null,
    );
    const member = Object.hasOwn(union.members, name) ? union.members[name] : undefined;
    if (member === undefined || others.length > 0)
      throw new Misfit(`expected exactly one member of the union ${union.name}`);
    const write = writers.get(name) ?? memberWriter(name, member, documents);
    writers.set(name, write);
    return at(name, () => write(value));
  };
}

function memberWriter(
  name: string,
  member: MemberSchema,
  documents: EventDocuments,
): (value: unknown) => Message {
  const structure = targetOf(member) as StructureSchema;
  const { headers, payload, document } = eventParts(structure);
  const writePayload = payload ? payloadWriter(payload.target, documents) : undefined;
  const writeDocument = document && documents.writer(document);
  const kind = 'fault' in structure ? 'exception' : 'event';
  return (value) => {
    if (typeof value !== 'object' || value === null) throw unexpected(value, 'a structure');
    const source: Readonly<Record<string, unknown>> = { ...value };
    const body = writeBody(source);
    const written: Record<string, EventHeader> = {
      ':message-type': text(kind),
      [`:${kind}-type`]: text(name),
      ...(body !== undefined && { ':content-type': text(body.mediaType) }),
    };
    for (const { name: header, type } of headers) {
      const headerValue = source[header];
      if (headerValue !== undefined && headerValue !== null)
        written[header] = { type, value: headerValue as EventHeader['value'] };
    }
    return { headers: written, payload: body?.bytes ?? empty };
  };

  function writeBody(source: Readonly<Record<string, unknown>>): Body | undefined {
    if (writeDocument !== undefined) return { mediaType: documents.mediaType, bytes: writeDocument(source) };
    if (payload === undefined || writePayload === undefined) return undefined;
    const value = source[payload.name];
    if (value === undefined || value === null) return undefined;
    return at(payload.name, () => writePayload(value));
  }
}

interface Body {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

function payloadWriter(
  target: ReturnType<typeof targetOf>,
  documents: EventDocuments,
): (value: unknown) => Body {
  if (target.type === 'structure' || target.type === 'union') {
    const write = documents.writer(target);
    return (value) => {
      if (typeof value !== 'object' || value === null) throw unexpected(value, 'a structure');
      return { mediaType: documents.mediaType, bytes: write(value) };
    };
  }
  if (target.type === 'blob')
    return (value) => ({ mediaType: 'application/octet-stream', bytes: bytesOf(value) });
  return (value) => ({ mediaType: 'text/plain', bytes: encodeUtf8(expectText(value)) });
}

function text(value: string): EventHeader {
  return { type: 'string', value };
}
