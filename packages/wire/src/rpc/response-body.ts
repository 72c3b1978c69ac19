import type { DocumentCodec } from '../document/codec.ts';
import { clientEvents } from '../event-stream/client-events.ts';
import type { EventStreamCodec } from '../event-stream/codec.ts';
import type { Bytes } from '../http.ts';
import { reporting } from '../misfit.ts';
import type { StructureValue } from '../protocol.ts';
import type { StructureSchema } from '../schema.ts';
import { wholeBody } from '../values/bytes.ts';
import { documentReader } from './document-reader.ts';
import { partsOf } from './parts.ts';

/** Compiles the reader of a response's body. For an event stream it gives a promise of the output. */
export function responseBodyReader(
  output: StructureSchema,
  codec: DocumentCodec,
  eventStreams: EventStreamCodec | undefined,
): (body: Bytes) => StructureValue | Promise<StructureValue> {
  const { document, stream } = partsOf(output);
  const takesDocument = Object.keys(document.members).length > 0;
  // For an output without members, some servers send a body that is no structure, e.g. `null`. So it is not read.
  const read = takesDocument ? documentReader(document, codec) : () => ({});
  if (stream === undefined) return (body) => read(wholeBody(body));
  const { name, union } = stream;
  const streaming = clientEvents(union, codec, eventStreams);
  return async (body) => {
    const { initial, events } = streaming.read(body, takesDocument);
    const bytes = await initial;
    const members = bytes === undefined ? {} : reporting('malformed', () => read(bytes));
    return { ...members, [name]: events };
  };
}
