import { CompiledStructures } from '../compiled-structures.ts';
import { defaultOf, targetOf } from '../member.ts';
import { at, Misfit } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { setKey } from '../values/record.ts';
import { textReader } from '../values/text.ts';
import type { FormDialect } from './dialect.ts';
import type { FormNode } from './tree.ts';

/** Reads a value of the model from a node of a form. */
export type FormReader = (node: FormNode) => unknown;

/** Compiles readers of forms. Each structure is compiled once, so that recursive models end. */
export class FormReaders {
  readonly #dialect: FormDialect;
  readonly #structures = new CompiledStructures<[node: FormNode], unknown>();

  constructor(dialect: FormDialect) {
    this.#dialect = dialect;
  }

  of(member: MemberSchema): FormReader {
    const target = targetOf(member);
    const flattened = member.traits?.xmlFlattened === true;
    switch (target.type) {
      case 'list':
        return this.#list(target, flattened || this.#dialect.flattensLists);
      case 'map':
        return this.#map(target, flattened);
      case 'structure':
        return this.#structures.once(target, () => this.#structure(target));
      case 'union':
        return this.#structures.once(target, () => this.#union(target));
      default: {
        const read = textReader(member, 'date-time', 'server');
        return ({ text }) => {
          if (text === undefined) throw new Misfit('expected a value');
          return read(text);
        };
      }
    }
  }

  #list(schema: ListSchema, flattened: boolean): FormReader {
    const itemName = flattened ? undefined : (schema.member.traits?.xmlName ?? 'member');
    const read = this.of(schema.member);
    return (node) => numbered(node, itemName).map((item, index) => at(index, () => read(item)));
  }

  #map(schema: MapSchema, flattened: boolean): FormReader {
    const keyName = schema.key.traits?.xmlName ?? 'key';
    const valueName = schema.value.traits?.xmlName ?? 'value';
    const read = this.of(schema.value);
    return (node) => {
      const map: Record<string, unknown> = {};
      for (const { children } of numbered(node, flattened ? undefined : 'entry')) {
        const key = children.get(keyName)?.text;
        const value = children.get(valueName);
        if (key === undefined || value === undefined)
          throw new Misfit('found an entry without its key or value');
        setKey(
          map,
          key,
          at(key, () => read(value)),
        );
      }
      return map;
    };
  }

  #structure(schema: StructureSchema): FormReader {
    const members = Object.entries(schema.members).map(([name, member]) => ({
      name,
      key: this.#dialect.keyOf(name, member),
      read: this.of(member),
      fallback: defaultOf(member),
    }));
    return ({ children }) => {
      const structure: Record<string, unknown> = {};
      for (const { name, key, read, fallback } of members) {
        const child = children.get(key);
        if (child !== undefined) structure[name] = at(name, () => read(child));
        else if (fallback !== undefined) structure[name] = fallback();
      }
      return structure;
    };
  }

  #union(schema: StructureSchema): FormReader {
    const read = this.#structure(schema);
    return (node) => {
      const union = read(node) as Record<string, unknown>;
      const { length } = Object.keys(union);
      if (length !== 1) throw new Misfit(`found ${length} members in a union, expected exactly one`);
      return union;
    };
  }
}

/** The children numbered from 1, in order. None for a name with an empty value, such as `Tags=`: an empty list. */
function numbered(node: FormNode, name: string | undefined): FormNode[] {
  const items = name === undefined ? node : node.children.get(name);
  if (items === undefined) return [];
  return [...items.children]
    .map(([key, child]) => {
      if (!/^[1-9]\d{0,8}$/.test(key)) throw new Misfit('found an item that is not numbered from 1');
      return { number: Number(key), child };
    })
    .sort((left, right) => left.number - right.number)
    .map(({ child }) => child);
}
