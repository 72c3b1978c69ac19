import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { targetOf, writtenDefaultOf } from '../member.ts';
import { unexpected, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { expectText } from '../values/expect.ts';
import { checkRecord, unionChecker } from '../values/record.ts';
import { CborSink } from './sink.ts';
import type { CborWriter } from './write-simple.ts';
import { simpleWriter } from './write-simple.ts';

const nullByte = 0xf6;
const openMap = 0xbf;
const breakByte = 0xff;

/** Compiles CBOR writers. Each structure is compiled once, so that recursive models end. */
export class CborWriters {
  readonly #end: End;
  readonly #structures = new CompiledStructures<[sink: CborSink, value: unknown], void>();

  constructor(end: End) {
    this.#end = end;
  }

  of(member: MemberSchema): CborWriter {
    const target = targetOf(member);
    switch (target.type) {
      case 'list':
        return this.#list(target);
      case 'map':
        return this.#map(target);
      case 'structure':
        return this.#structures.once(target, () => this.#structure(target));
      case 'union':
        return this.#structures.once(target, () => this.#union(target));
      default:
        return simpleWriter(member);
    }
  }

  #list(schema: ListSchema): CborWriter {
    const writeElement = nullable(this.of(schema.member), schema.traits?.sparse);
    return (sink, value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      sink.head(4, value.length);
      for (let index = 0; index < value.length; index++) {
        try {
          writeElement(sink, value[index]);
        } catch (error) {
          throw within(error, index);
        }
      }
    };
  }

  #map(schema: MapSchema): CborWriter {
    const writeValue = nullable(this.of(schema.value), schema.traits?.sparse);
    return (sink, value) => {
      sink.byte(openMap);
      for (const [key, entry] of Object.entries(checkRecord(value))) {
        if (entry === undefined) continue;
        try {
          sink.text(expectText(key));
          writeValue(sink, entry);
        } catch (error) {
          throw within(error, key);
        }
      }
      sink.byte(breakByte);
    };
  }

  #structure(schema: StructureSchema): CborWriter {
    const members = Object.entries(schema.members).map(([name, member]) => ({
      name,
      key: keyOf(name),
      write: this.of(member),
      fallback: writtenDefaultOf(member, this.#end),
    }));
    return (sink, value) => {
      const structure = checkRecord(value);
      sink.byte(openMap);
      for (const { name, key, write, fallback } of members) {
        const given = structure[name] ?? fallback?.();
        if (given === undefined) continue;
        sink.raw(key);
        try {
          write(sink, given);
        } catch (error) {
          throw within(error, name);
        }
      }
      sink.byte(breakByte);
    };
  }

  #union(schema: StructureSchema): CborWriter {
    const check = unionChecker(schema);
    const write = this.#structure(schema);
    return (sink, value) => write(sink, check(value));
  }
}

function keyOf(name: string): Uint8Array {
  const sink = new CborSink();
  sink.text(name);
  return sink.toBytes();
}

function nullable(write: CborWriter, sparse: true | undefined): CborWriter {
  if (sparse !== true) return write;
  return (sink, value) => {
    if (value === null) sink.byte(nullByte);
    else write(sink, value);
  };
}
