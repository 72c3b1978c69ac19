import type { DocumentCodec } from '../document/codec.ts';
import type { StructureSchema } from '../schema.ts';
import type { ClientEvents, EventStreamCodec } from './codec.ts';

export const eventStreamType = 'application/vnd.amazon.eventstream';

/** @throws {TypeError} when the client was made without the codec of event streams */
export function clientEvents(
  union: StructureSchema,
  codec: DocumentCodec,
  eventStreams: EventStreamCodec | undefined,
): ClientEvents {
  if (eventStreams !== undefined) return eventStreams.ofClient(union, codec);
  throw new TypeError(`Cannot stream the events of ${union.name}: the client was made without eventStreams`);
}
