import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { fallbackOf, targetOf } from '../member.ts';
import { Misfit, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { setKey } from '../values/record.ts';
import type { TextReader } from '../values/text.ts';
import { textReader } from '../values/text.ts';
import { childOf, localName, type XmlElement } from './element.ts';

/** Reads a value of the model from an element. */
export type ElementReader = (element: XmlElement) => unknown;

type Draft = Record<string, unknown>;

/** Reads an element into a member of a structure: the whole member, or one more entry of a flattened list or map. */
type PartReader = (draft: Draft, element: XmlElement) => void;

/** Compiles readers of XML elements. Each structure is compiled once, so that recursive models end. */
export class XmlReaders {
  readonly #end: End;
  readonly #structures = new CompiledStructures<[element: XmlElement], unknown>();

  constructor(end: End) {
    this.#end = end;
  }

  of(member: MemberSchema): ElementReader {
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
      default: {
        const read = this.#text(member);
        return ({ text }) => read(text);
      }
    }
  }

  /** Reader of a simple value. White space is kept only in strings. A client reads an empty number, boolean or timestamp as absent. */
  #text(member: MemberSchema): TextReader {
    const read = textReader(member, 'date-time', this.#end);
    const { type } = targetOf(member);
    if (type === 'string' || type === 'enum') return read;
    const mayBeEmpty = this.#end === 'client' && type !== 'blob';
    return (text) => {
      const trimmed = text.trim();
      return mayBeEmpty && trimmed === '' ? undefined : read(trimmed);
    };
  }

  #list(schema: ListSchema): ElementReader {
    const itemName = localName(schema.member.traits?.xmlName ?? 'member');
    const readItem = this.#itemReader(schema);
    return ({ children }) => {
      const list: unknown[] = [];
      for (const child of children) if (child.name === itemName) readItem(list, child);
      return list;
    };
  }

  #map(schema: MapSchema): ElementReader {
    const readEntry = this.#entryReader(schema);
    return ({ children }) => {
      const map: Draft = {};
      for (const child of children) if (child.name === 'entry') readEntry(map, child);
      return map;
    };
  }

  #itemReader({ member }: ListSchema): (list: unknown[], item: XmlElement) => void {
    const read = this.of(member);
    return (list, item) => {
      try {
        const value = read(item);
        if (value !== undefined) list.push(value);
      } catch (error) {
        throw within(error, list.length);
      }
    };
  }

  #entryReader({ key, value }: MapSchema): PartReader {
    const keyName = localName(key.traits?.xmlName ?? 'key');
    const valueName = localName(value.traits?.xmlName ?? 'value');
    const read = this.of(value);
    return (map, entry) => {
      const found = childOf(entry, keyName)?.text;
      const element = childOf(entry, valueName);
      if (found === undefined || element === undefined)
        throw new Misfit('found an entry without its key or value');
      try {
        setKey(map, found, read(element));
      } catch (error) {
        throw within(error, found);
      }
    };
  }

  #structure(schema: StructureSchema): (element: XmlElement) => Draft {
    const attributes: [attribute: string, name: string, read: TextReader][] = [];
    const elements = new Map<string, readonly [name: string, read: PartReader]>();
    const fallbacks: [name: string, make: () => unknown][] = [];
    for (const [name, member] of Object.entries(schema.members)) {
      const key = member.traits?.xmlName ?? name;
      const fallback = fallbackOf(member, this.#end);
      if (member.traits?.xmlAttribute) attributes.push([key, name, this.#text(member)]);
      else elements.set(localName(key), [name, this.#part(name, member)]);
      if (fallback !== undefined) fallbacks.push([name, fallback]);
    }
    return (element) => {
      const draft: Draft = {};
      for (const [attribute, name, read] of attributes) {
        const text = element.attributes.get(attribute);
        try {
          const value = text === undefined ? undefined : read(text);
          if (value !== undefined) draft[name] = value;
        } catch (error) {
          throw within(error, name);
        }
      }
      for (const child of element.children) {
        const part = elements.get(child.name);
        if (part === undefined) continue;
        try {
          part[1](draft, child);
        } catch (error) {
          throw within(error, part[0]);
        }
      }
      for (const [name, make] of fallbacks) draft[name] ??= make();
      return draft;
    };
  }

  #part(name: string, member: MemberSchema): PartReader {
    const target = targetOf(member);
    if (member.traits?.xmlFlattened && target.type === 'list') {
      const readItem = this.#itemReader(target);
      return (draft, element) => {
        draft[name] ??= [];
        readItem(draft[name] as unknown[], element);
      };
    }
    if (member.traits?.xmlFlattened && target.type === 'map') {
      const readEntry = this.#entryReader(target);
      return (draft, element) => {
        draft[name] ??= {};
        readEntry(draft[name] as Draft, element);
      };
    }
    const read = this.of(member);
    return (draft, element) => {
      const value = read(element);
      if (value !== undefined) draft[name] = value;
    };
  }

  #union(schema: StructureSchema): ElementReader {
    const read = this.#structure(schema);
    return (element) => {
      const union = read(element);
      const { length } = Object.keys(union);
      const [only, ...others] = element.children;
      if (length === 0 && only !== undefined && others.length === 0) {
        if (this.#end === 'client') return { $unknown: [only.name, only] };
        throw new Misfit('found a member that the union does not have');
      }
      if (length !== 1) throw new Misfit(`found ${length} members in a union, expected exactly one`);
      return union;
    };
  }
}
