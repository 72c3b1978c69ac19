import type { End } from '../end.ts';
import type { DocumentCodec } from '../http-binding/document-codec.ts';
import { targetOf } from '../member.ts';
import type { Schema } from '../schema.ts';
import { parseJson } from './parse.ts';
import { JsonReaders } from './read.ts';
import { JsonWriters } from './write.ts';

/** JSON bodies, as the restJson and awsJson protocols have them. */
export function jsonDocuments(end: End): DocumentCodec {
  const readers = new JsonReaders(end);
  const writers = new JsonWriters(end);
  return {
    mediaType: 'application/json',
    reader(member) {
      const read = readers.of(member);
      const exact = holdsLargeNumbers(targetOf(member));
      return (body) => read(parseJson(body, { exact }), 0);
    },
    writer: (member) => writers.of(member),
  };
}

function holdsLargeNumbers(schema: Schema, visited = new Set<Schema>()): boolean {
  if (visited.has(schema)) return false;
  visited.add(schema);
  switch (schema.type) {
    case 'long':
    case 'bigInteger':
      return true;
    case 'list':
      return holdsLargeNumbers(targetOf(schema.member), visited);
    case 'map':
      return holdsLargeNumbers(targetOf(schema.value), visited);
    case 'structure':
    case 'union':
      return Object.values(schema.members).some((member) => holdsLargeNumbers(targetOf(member), visited));
    default:
      return false;
  }
}
