import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { fallbackOf, targetOf } from '../member.ts';
import { Misfit, unexpected, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { setKey } from '../values/record.ts';
import { checkDepth } from './depth.ts';

/** Turns parsed JSON or CBOR into a value of the model. `depth` is the number of containers around it. */
export type TreeReader = (value: unknown, depth: number) => unknown;

/** How the parsed documents of one protocol differ from those of the others. */
export interface TreeForm {
  /** Compiles the reader of a simple value. */
  readonly simpleReader: (member: MemberSchema, end: End) => TreeReader;
  /** Key of a member in the document. */
  readonly keyOf: (name: string, member: MemberSchema) => string;
}

/** Compiles readers of parsed JSON or CBOR. Each structure is compiled once, so that recursive models end. */
export class TreeReaders {
  readonly #end: End;
  readonly #form: TreeForm;
  readonly #structures = new CompiledStructures<[value: unknown, depth: number], unknown>();

  constructor(form: TreeForm, end: End) {
    this.#form = form;
    this.#end = end;
  }

  of(member: MemberSchema): TreeReader {
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
        return this.#form.simpleReader(member, this.#end);
    }
  }

  #list(schema: ListSchema): TreeReader {
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

  #map(schema: MapSchema): TreeReader {
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

  #structure(schema: StructureSchema): TreeReader {
    const members = this.#members(schema);
    return (value, depth) => {
      if (!isObject(value)) throw unexpected(value, 'an object');
      checkDepth(depth);
      const structure: Record<string, unknown> = {};
      let reached = '';
      try {
        for (const { name, key, read, fallback } of members) {
          const found = Object.hasOwn(value, key) ? value[key] : undefined;
          if (found !== undefined && found !== null) {
            reached = name;
            structure[name] = read(found, depth + 1);
          } else if (fallback !== undefined) structure[name] = fallback();
        }
      } catch (error) {
        throw within(error, reached);
      }
      return structure;
    };
  }

  #union(schema: StructureSchema): TreeReader {
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
      key: this.#form.keyOf(name, member),
      read: this.of(member),
      fallback: fallbackOf(member, this.#end),
    }));
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a key is only `__type`: some services put the shape name of a union beside its member. */
function isTypeHint(key: string, members: ReadonlyMap<string, unknown>): boolean {
  return key === '__type' && !members.has(key);
}
