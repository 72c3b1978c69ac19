import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { defaultOf, targetOf, traitsOf } from '../member.ts';
import { Misfit, unexpected, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { decodeBase64 } from '../values/base64.ts';
import { checkInteger, isNonFiniteName } from '../values/number.ts';
import { setKey } from '../values/record.ts';
import type { TimestampFormat } from '../values/timestamp.ts';
import { parseTimestamp, timestampOf } from '../values/timestamp.ts';

/** Turns a parsed JSON value into the model's; `depth` counts the containers around it. */
export type JsonReader = (value: unknown, depth: number) => unknown;

/** Far deeper than any model needs, far shallower than the stack. */
const maxDepth = 128;

/** Compiles readers of JSON values, each structure once, so that recursive models end. */
export class JsonReaders {
  readonly #end: End;
  readonly #structures = new CompiledStructures<[value: unknown, depth: number], unknown>();

  constructor(end: End) {
    this.#end = end;
  }

  /** @throws {TypeError} when the schema has a type that JSON cannot carry */
  of(member: MemberSchema): JsonReader {
    const target = targetOf(member);
    switch (target.type) {
      case 'string':
      case 'enum':
        return readString;
      case 'boolean':
        return readBoolean;
      case 'byte':
      case 'short':
      case 'integer':
      case 'long':
      case 'bigInteger': {
        const { type } = target;
        return (value) => checkInteger(value, type);
      }
      case 'intEnum':
        return (value) => checkInteger(value, 'integer');
      case 'float':
      case 'double':
      case 'bigDecimal':
        return readNumber;
      case 'timestamp':
        return timestampReader(traitsOf(member).timestampFormat ?? 'epoch-seconds', this.#end);
      case 'blob':
        return readBlob;
      case 'document':
        return readDocument;
      case 'list':
        return this.#list(target);
      case 'map':
        return this.#map(target);
      case 'structure':
        return this.#structures.once(target, () => this.#structure(target));
      case 'union':
        return this.#structures.once(target, () => this.#union(target));
    }
  }

  #list(schema: ListSchema): JsonReader {
    const readElement = this.of(schema.member);
    const keepsNull = schema.traits?.sparse === true;
    const skipsNull = this.#end === 'client';
    return (value, depth) => {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      checkDepth(depth);
      const list: unknown[] = [];
      for (let index = 0; index < value.length; index++) {
        const element: unknown = value[index];
        try {
          if (element !== null) list.push(readElement(element, depth + 1));
          else if (keepsNull) list.push(null);
          else if (!skipsNull) throw new Misfit('found null in a list that takes none');
        } catch (error) {
          throw within(error, index);
        }
      }
      return list;
    };
  }

  #map(schema: MapSchema): JsonReader {
    const readValue = this.of(schema.value);
    const keepsNull = schema.traits?.sparse === true;
    const skipsNull = this.#end === 'client';
    return (value, depth) => {
      if (!isObject(value)) throw unexpected(value, 'an object');
      checkDepth(depth);
      const map: Record<string, unknown> = {};
      for (const [key, entry] of Object.entries(value)) {
        try {
          if (entry !== null) setKey(map, key, readValue(entry, depth + 1));
          else if (keepsNull) setKey(map, key, null);
          else if (!skipsNull) throw new Misfit('found null in a map that takes none');
        } catch (error) {
          throw within(error, key);
        }
      }
      return map;
    };
  }

  #structure(schema: StructureSchema): JsonReader {
    const members = this.#members(schema);
    return (value, depth) => {
      if (!isObject(value)) throw unexpected(value, 'an object');
      checkDepth(depth);
      const structure: Record<string, unknown> = {};
      for (const { name, key, read, fallback } of members) {
        const found = Object.hasOwn(value, key) ? value[key] : undefined;
        if (found === undefined || found === null) {
          if (fallback !== undefined) structure[name] = fallback();
          continue;
        }
        try {
          structure[name] = read(found, depth + 1);
        } catch (error) {
          throw within(error, name);
        }
      }
      return structure;
    };
  }

  #union(schema: StructureSchema): JsonReader {
    const members = new Map(this.#members(schema).map((member) => [member.key, member]));
    return (value, depth) => {
      if (!isObject(value)) throw unexpected(value, 'an object');
      checkDepth(depth);
      const set = Object.entries(value).filter(([key, entry]) => entry !== null && !isTypeHint(key, members));
      const [only] = set;
      if (only === undefined || set.length > 1) {
        throw new Misfit(`found ${set.length} members in a union, expected exactly one`);
      }
      const member = members.get(only[0]);
      if (member === undefined) {
        if (this.#end === 'client') return { $unknown: only };
        throw new Misfit('found a member that the union does not have');
      }
      try {
        return { [member.name]: member.read(only[1], depth + 1) };
      } catch (error) {
        throw within(error, member.name);
      }
    };
  }

  #members(schema: StructureSchema) {
    return Object.entries(schema.members).map(([name, member]) => ({
      name,
      key: member.traits?.jsonName ?? name,
      read: this.of(member),
      fallback: defaultOf(member),
    }));
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkDepth(depth: number): void {
  if (depth > maxDepth) throw new Misfit(`found values nested deeper than ${maxDepth}`);
}

/** Some services name the shape of a union beside its member. */
function isTypeHint(key: string, members: ReadonlyMap<string, unknown>): boolean {
  return key === '__type' && !members.has(key);
}

function readString(value: unknown): string {
  if (typeof value !== 'string') throw unexpected(value, 'a string');
  return value;
}

function readBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw unexpected(value, 'a boolean');
  return value;
}

function readNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (isNonFiniteName(value) || typeof value === 'bigint') return Number(value);
  throw unexpected(value, 'a number');
}

function readBlob(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw unexpected(value, 'base64');
  const bytes = decodeBase64(value);
  if (bytes === undefined) throw new Misfit('found a string that is not base64');
  return bytes;
}

function timestampReader(format: TimestampFormat, end: End): JsonReader {
  if (format !== 'epoch-seconds') return (value) => parseTimestamp(readString(value), format, end);
  return (value) => {
    if (typeof value !== 'number') throw unexpected(value, 'a number of seconds');
    return timestampOf(Math.round(value * 1000));
  };
}

/** Any JSON at all, but not deeper than other values may be: whoever walks it does so by recursion. */
function readDocument(value: unknown, depth: number): unknown {
  // Numbers are read exactly for the sake of other members; a document holds what JSON.parse gives.
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => readDocument(item, depth + 1));
  const document: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) setKey(document, key, readDocument(entry, depth + 1));
  return document;
}
