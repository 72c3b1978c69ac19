import type { EventStreamCodec } from '@latchkey/wire/event-stream/codec';
import { eventStreams as codec } from '@latchkey/wire/event-stream/event-streams';
import { signEventsSigV4 } from '@latchkey/wire/sigv4/sign-events';
import type { Feature } from './feature.ts';

/** Codec and signer of event streams, imported only by clients of services that have some. */
export type EventStreams = EventStreamCodec & Required<Pick<Feature, 'sign'>>;

/** Reads and writes event streams, and signs each event that is sent. */
export const eventStreams: EventStreams = {
  ...codec,
  sign({ request, signing }) {
    const isEvents = request.headers['content-type'] === 'application/vnd.amazon.eventstream';
    return isEvents && signing !== undefined ? signEventsSigV4(request, signing) : undefined;
  },
};
