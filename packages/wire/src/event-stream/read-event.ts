import { targetOf } from '../member.ts';
import { at, Misfit } from '../misfit.ts';
import type { ErrorSchema, MemberSchema, Schema, StructureSchema } from '../schema.ts';
import { unlessMisfit } from '../unless-misfit.ts';
import { receivedInteger } from '../values/number.ts';
import { decodeUtf8 } from '../values/utf8.ts';
import type { EventDocuments, EventValue } from './codec.ts';
import { EventStreamError } from './error.ts';
import { type EventParts, eventParts } from './event-parts.ts';
import type { EventHeader, EventHeaderType } from './headers.ts';
import type { Message } from './message.ts';

const ended = 'The stream ended with an error';

type StructureReader = (message: Message) => Record<string, unknown>;

/**
 * Compiles the reader of a union's events. An event that is not in the union (a newer service may send one) becomes
 * `$unknown` with its name and payload.
 *
 * @returns a reader that throws `Misfit` for a malformed event, and `EventStreamError` for an error that was sent
 */
export function eventReader(
  union: StructureSchema,
  documents: EventDocuments,
): (message: Message) => EventValue {
  const readers = new Map<string, StructureReader>();
  function readerOf(name: string, member: MemberSchema): StructureReader {
    const read = readers.get(name) ?? structureReader(targetOf(member) as StructureSchema, documents);
    readers.set(name, read);
    return read;
  }
  return (message) => {
    const kind = textHeader(message, ':message-type');
    if (kind === 'error') {
      const sentence = unlessMisfit(() => textHeader(message, ':error-message'));
      throw new EventStreamError(textHeader(message, ':error-code'), sentence || ended);
    }
    if (kind !== 'event' && kind !== 'exception') throw new Misfit('found a message of an unknown type');
    const name = textHeader(message, `:${kind}-type`);
    const member = Object.hasOwn(union.members, name) ? union.members[name] : undefined;
    const read = () => member && at(name, () => readerOf(name, member)(message));
    // An exception with a malformed body must still be thrown as that exception.
    if (kind === 'exception') throw errorOf(name, member, unlessMisfit(read));
    const value = read();
    return value === undefined ? { $unknown: [name, message.payload] } : { [name]: value };
  };
}

/** @throws {Misfit} when the header is missing, or not a string */
export function textHeader({ headers }: Message, name: string): string {
  const header = headers[name];
  if (header?.type !== 'string') throw new Misfit(`expected the header '${name}' as a string`);
  return String(header.value);
}

function errorOf(
  name: string,
  member: MemberSchema | undefined,
  members: Record<string, unknown> | undefined,
): EventStreamError {
  if (member === undefined || members === undefined) return new EventStreamError(name, ended);
  const { name: code, fault = 'server' } = targetOf(member) as StructureSchema & Partial<ErrorSchema>;
  const message = String(members['message'] ?? members['Message'] ?? ended);
  return new EventStreamError(code, message, { members, fault });
}

function structureReader(structure: StructureSchema, documents: EventDocuments): StructureReader {
  const { payload, document, ...parts } = eventParts(structure);
  const headers = parts.headers.map((header) => ({ ...header, received: headerReader(header) }));
  const readDocument = document && documents.reader(document);
  const readPayload = payload && payloadReader(payload.target, documents);
  return (message) => {
    // An empty payload holds no document.
    const hasDocument = readDocument !== undefined && message.payload.length > 0;
    const read: Record<string, unknown> = hasDocument ? readDocument(message.payload) : {};
    for (const { name, type, received } of headers) {
      const header = message.headers[name];
      if (header === undefined) continue;
      if (!fits(header.type, type))
        throw new Misfit(`found a header of type ${header.type}, expected ${type}`).within(name);
      read[name] = at(name, () => received(header.value));
    }
    if (payload !== undefined && readPayload !== undefined) {
      const value = at(payload.name, () => readPayload(message));
      if (value !== undefined) read[payload.name] = value;
    }
    return read;
  };
}

/** Compiles what makes the value of a header the one that a program gets. */
function headerReader({
  type,
  target,
}: EventParts['headers'][number]): (value: EventHeader['value']) => unknown {
  if (type !== 'long') return (value) => value;
  const received = receivedInteger(type, target.traits ?? {}, 'client');
  return (value) => received(value as number | bigint);
}

/** Whether a header has the wanted type, or is an integer of a smaller type, which services may send instead. */
function fits(found: EventHeaderType, wanted: EventHeaderType): boolean {
  const integers: readonly EventHeaderType[] = ['byte', 'short', 'integer', 'long'];
  return found === wanted || (integers.includes(found) && integers.indexOf(found) < integers.indexOf(wanted));
}

function payloadReader(target: Schema, documents: EventDocuments): (message: Message) => unknown {
  if (target.type === 'structure' || target.type === 'union') {
    const read = documents.reader(target);
    return ({ payload }) => (payload.length === 0 ? undefined : read(payload));
  }
  if (target.type === 'blob') return ({ payload }) => payload;
  return ({ payload }) => {
    const text = decodeUtf8(payload);
    if (text === undefined) throw new Misfit('found bytes that are not UTF-8');
    return text;
  };
}
