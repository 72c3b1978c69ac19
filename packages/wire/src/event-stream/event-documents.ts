import type { DocumentCodec } from '../document/codec.ts';
import { bodyBytes } from '../values/utf8.ts';
import type { EventDocuments } from './codec.ts';

/** Adapts a protocol's codec to the documents inside events. */
export function eventDocuments({ mediaType, reader, writer }: DocumentCodec): EventDocuments {
  return {
    mediaType,
    writer(structure) {
      const write = writer({ target: structure });
      return (value) => bodyBytes(write(value));
    },
    reader(structure) {
      const read = reader({ target: structure });
      return (body) => read(body) as Record<string, unknown>;
    },
  };
}
