import assert from 'node:assert/strict';
import type { EventHeader, EventHeaders } from '@latchkey/wire/event-stream/headers';
import { encodeMessage, type Message } from '@latchkey/wire/event-stream/message';
import type { EventFields } from './case.ts';
import { bytesOfBody, compareBody } from './compare-body.ts';

/** The bytes of an event as it is received: those of the case, or made of the parts that it names. */
export function bytesOfEvent({ bytes, headers = {}, ...event }: EventFields): Uint8Array {
  if (bytes !== undefined) return Uint8Array.from(Buffer.from(bytes, 'base64'));
  return encodeMessage({ headers: typedHeaders(headers), payload: bytesOfBody(bodyOf(event)) });
}

/** Compares an event that was written: the headers and the body that the case names, in whatever order. */
export function compareMessage({ headers, payload }: Message, event: EventFields): void {
  for (const [name, header] of Object.entries(typedHeaders(event.headers ?? {}))) {
    assert.deepEqual(headers[name], header, `header ${name}`);
  }
  for (const name of event.requireHeaders ?? []) assert(name in headers, `no header ${name}`);
  for (const name of event.forbidHeaders ?? []) assert(!(name in headers), `header ${name}`);
  compareBody(payload, bodyOf(event));
}

/** Whether an event is the message of an RPC protocol that holds the members beside the events. */
export function isInitial({ headers = {} }: Pick<EventFields, 'headers'>): boolean {
  return headers[':event-type']?.['string']?.toString().startsWith('initial-') ?? false;
}

function bodyOf({ body, bodyMediaType }: Pick<EventFields, 'body' | 'bodyMediaType'>) {
  return {
    id: '',
    ...(body !== undefined && { body }),
    ...(bodyMediaType !== undefined && { bodyMediaType }),
  };
}

function typedHeaders(headers: NonNullable<EventFields['headers']>): EventHeaders {
  const typed = Object.entries(headers).map(([name, header]) => {
    const [[type, value] = ['string', '']] = Object.entries(header);
    return [name, { type, value: typedValue(type, value) } as EventHeader] as const;
  });
  return Object.fromEntries(typed);
}

function typedValue(type: string, value: boolean | number | string): EventHeader['value'] {
  if (type === 'blob') return Uint8Array.from(Buffer.from(String(value), 'base64'));
  if (type === 'timestamp')
    return typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
  if (type === 'byte' && typeof value === 'string') return Buffer.from(value, 'base64').readInt8(0);
  return value;
}
