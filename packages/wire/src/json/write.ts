import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { targetOf, traitsOf, writtenDefaultOf } from '../member.ts';
import { unexpected, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { simpleKind } from '../simple-kind.ts';
import { encodeBase64 } from '../values/base64.ts';
import { bytesOf, expectBoolean, expectNumber, expectText } from '../values/expect.ts';
import { checkInteger } from '../values/number.ts';
import { checkRecord, unionChecker } from '../values/record.ts';
import { renderTimestamp } from '../values/timestamp.ts';

/** Writes a value as JSON text. It joins strings directly, without building a tree for `JSON.stringify`. */
export type JsonWriter = (value: unknown) => string;

/** Compiles writers of JSON text. Each structure is compiled once, so that recursive models end. */
export class JsonWriters {
  readonly #keyOf: (name: string, member: MemberSchema) => string;
  readonly #end: End;
  readonly #structures = new CompiledStructures<[value: unknown], string>();

  /** @param keyOf gives the key of a member */
  constructor(keyOf: (name: string, member: MemberSchema) => string, end: End) {
    this.#keyOf = keyOf;
    this.#end = end;
  }

  of(member: MemberSchema): JsonWriter {
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

  #list(schema: ListSchema): JsonWriter {
    const writeElement = nullable(this.of(schema.member), schema.traits?.sparse);
    return (value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      let text = '';
      for (let index = 0; index < value.length; index++) {
        try {
          text += (index === 0 ? '' : ',') + writeElement(value[index]);
        } catch (error) {
          throw within(error, index);
        }
      }
      return `[${text}]`;
    };
  }

  #map(schema: MapSchema): JsonWriter {
    const writeValue = nullable(this.of(schema.value), schema.traits?.sparse);
    return (value) => {
      let text = '';
      for (const [key, entry] of Object.entries(checkRecord(value))) {
        if (entry === undefined) continue;
        try {
          text += `${text === '' ? '' : ','}${JSON.stringify(expectText(key))}:${writeValue(entry)}`;
        } catch (error) {
          throw within(error, key);
        }
      }
      return `{${text}}`;
    };
  }

  #structure(schema: StructureSchema): JsonWriter {
    const members = Object.entries(schema.members).map(([name, member]) => ({
      name,
      prefix: `${JSON.stringify(this.#keyOf(name, member))}:`,
      write: this.of(member),
      fallback: writtenDefaultOf(member, this.#end),
    }));
    return (value) => {
      const structure = checkRecord(value);
      let text = '';
      for (const { name, prefix, write, fallback } of members) {
        const given = structure[name] ?? fallback?.();
        if (given === undefined) continue;
        try {
          text += (text === '' ? '' : ',') + prefix + write(given);
        } catch (error) {
          throw within(error, name);
        }
      }
      return `{${text}}`;
    };
  }

  #union(schema: StructureSchema): JsonWriter {
    const check = unionChecker(schema);
    const write = this.#structure(schema);
    return (value) => write(check(value));
  }
}

function nullable(write: JsonWriter, sparse: true | undefined): JsonWriter {
  return sparse === true ? (value) => (value === null ? 'null' : write(value)) : write;
}

function simpleWriter(member: MemberSchema): JsonWriter {
  const format = traitsOf(member).timestampFormat ?? 'epoch-seconds';
  const quote = format === 'epoch-seconds' ? '' : '"';
  return simpleKind<JsonWriter>(member, {
    string: (value) => JSON.stringify(expectText(value)),
    boolean: (value) => String(expectBoolean(value)),
    integer: (type) => (value) => String(checkInteger(value, type)),
    float: writeNumber,
    double: writeNumber,
    bigDecimal: writeNumber,
    timestamp: (value) => quote + renderTimestamp(value, format) + quote,
    blob: (value) => `"${encodeBase64(bytesOf(value))}"`,
    document: writeDocument,
  });
}

function writeNumber(value: unknown): string {
  const number = expectNumber(value);
  return Number.isFinite(number) ? String(number) : `"${number}"`;
}

function writeDocument(value: unknown): string {
  const text = stringify(value);
  if (text === undefined) throw unexpected(value, 'JSON');
  // JSON.stringify escapes half of a surrogate pair, and nothing else that begins like this.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text)) expectText('\ud800');
  return text;
}

/** `JSON.stringify`. @returns undefined for a value that JSON cannot hold: a function, a bigint, a circular object */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
