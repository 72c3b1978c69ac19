import type { DocumentCodec } from '../document/codec.ts';
import { TreeReaders } from '../document/read.ts';
import type { End } from '../end.ts';
import { targetOf } from '../member.ts';
import type { MemberSchema, Schema } from '../schema.ts';
import type { ParseOptions } from './parse.ts';
import { parseJson } from './parse.ts';
import { simpleReader } from './read-simple.ts';
import { JsonWriters } from './write.ts';

export interface JsonForm {
  /** Whether keys are `jsonName`s, as in restJson1, or member names, as in awsJson. */
  readonly jsonNames: boolean;
  readonly explain?: ParseOptions['explain'];
}

/** Codec of JSON documents. */
export function jsonDocuments(end: End, { jsonNames, explain }: JsonForm): DocumentCodec {
  const keyOf = (name: string, { traits }: MemberSchema) => (jsonNames && traits?.jsonName) || name;
  const readers = new TreeReaders({ simpleReader, keyOf }, end);
  const writers = new JsonWriters(keyOf, end);
  return {
    mediaType: 'application/json',
    answersEmptyDocument: true,
    reader(member) {
      const read = readers.of(member);
      const exact = holdsLargeNumbers(targetOf(member));
      return (body) => read(parseJson(body, { exact, explain }), 0);
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
