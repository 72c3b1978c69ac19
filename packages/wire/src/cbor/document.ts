import type { DocumentCodec } from '../document/codec.ts';
import { TreeReaders } from '../document/read.ts';
import type { End } from '../end.ts';
import { parseCbor } from './parse.ts';
import { simpleReader } from './read-simple.ts';
import { CborSink } from './sink.ts';
import { CborWriters } from './write.ts';

/** Codec of CBOR documents (rpcv2Cbor). */
export function cborDocuments(end: End): DocumentCodec {
  const readers = new TreeReaders({ simpleReader, keyOf: (name) => name }, end);
  const writers = new CborWriters(end);
  return {
    mediaType: 'application/cbor',
    reader(member) {
      const read = readers.of(member);
      return (body) => read(parseCbor(body), 0);
    },
    writer(member) {
      const write = writers.of(member);
      return (value) => {
        const sink = new CborSink();
        write(sink, value);
        return sink.toBytes();
      };
    },
  };
}
