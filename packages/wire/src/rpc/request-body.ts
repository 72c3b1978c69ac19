import type { DocumentCodec } from '../document/codec.ts';
import { clientEvents, eventStreamType } from '../event-stream/client-events.ts';
import type { EventStreamCodec } from '../event-stream/codec.ts';
import type { Bytes } from '../http.ts';
import { at } from '../misfit.ts';
import type { StructureSchema } from '../schema.ts';
import { bodyBytes } from '../values/utf8.ts';
import { partsOf } from './parts.ts';

/** What of an RPC protocol decides the body of a request. */
export interface RequestBodyForm {
  readonly codec: DocumentCodec;
  /** Content type of a body that is a document. */
  readonly contentType: string;
  /** Whether an operation without input still sends an empty document. */
  readonly writesUnit: boolean;
}

export interface RequestBody {
  /** Content type. Undefined where there is no body. */
  readonly contentType: string | undefined;
  readonly body: Bytes;
}

/** Compiles the writer of a request's body. Where there is an event stream, the document is its first message. */
export function requestBodyWriter(
  input: StructureSchema,
  { codec, contentType, writesUnit }: RequestBodyForm,
  eventStreams: EventStreamCodec | undefined,
): (source: Readonly<Record<string, unknown>>) => RequestBody {
  if (input.name === 'Unit' && !writesUnit) return () => ({ contentType: undefined, body: new Uint8Array() });
  const { document, stream } = partsOf(input);
  const write = codec.writer({ target: document });
  if (stream === undefined) return (source) => ({ contentType, body: bodyBytes(write(source)) });
  const { name, union } = stream;
  const events = clientEvents(union, codec, eventStreams);
  return (source) => ({
    contentType: eventStreamType,
    body: at(name, () => events.write(source[name], bodyBytes(write(source)))),
  });
}
