import { CompiledStructures } from '../compiled-structures.ts';
import { defaultOf, targetOf } from '../member.ts';
import { at, unexpected } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { textWriter } from '../values/text.ts';
import { escapeXml } from './escape.ts';

/** Renders a value as one element, or as several of one name where it is flattened. */
export type ElementWriter = (value: unknown) => string;

/** What stands in an element's start tag and between its tags. */
interface Inside {
  readonly attributes: string;
  readonly content: string;
}

type InsideWriter = (value: unknown) => Inside;

/** Compiles writers of XML elements, each structure once, so that recursive models end. */
export class XmlWriters {
  readonly #structures = new CompiledStructures<[value: unknown], Inside>();

  /** @param name of the element, unless the member has a name of its own */
  element(name: string, member: MemberSchema): ElementWriter {
    const target = targetOf(member);
    const tag = member.traits?.xmlName ?? name;
    if (member.traits?.xmlFlattened && target.type === 'list') return this.#items(target, tag, member);
    if (member.traits?.xmlFlattened && target.type === 'map') return this.#entries(target, tag, member);
    const write = this.#inside(member);
    const namespace = namespaceOf(member);
    return (value) => {
      const { attributes, content } = write(value);
      return `<${tag}${namespace}${attributes}>${content}</${tag}>`;
    };
  }

  /** The elements of a structure's members, without an element around them. */
  members(schema: StructureSchema): ElementWriter {
    const write = this.#inside({ target: schema });
    return (value) => write(value).content;
  }

  #inside(member: MemberSchema): InsideWriter {
    const target = targetOf(member);
    switch (target.type) {
      case 'structure':
      case 'union':
        return this.#structures.once(target, () => this.#structure(target));
      case 'list':
        return contentOnly(this.#items(target, target.member.traits?.xmlName ?? 'member', target.member));
      case 'map':
        return contentOnly(this.#entries(target, 'entry', undefined));
      default: {
        const write = textWriter(member, 'date-time');
        return contentOnly((value) => escapeXml(write(value)));
      }
    }
  }

  #items(schema: ListSchema, tag: string, named: MemberSchema): ElementWriter {
    const traits = { ...schema.member.traits, xmlName: tag, ...namespaceTrait(named) };
    const write = this.element(tag, { target: schema.member.target, traits });
    return (value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      return value.map((item, index) => at(index, () => write(item))).join('');
    };
  }

  #entries(schema: MapSchema, tag: string, named: MemberSchema | undefined): ElementWriter {
    const writeKey = this.element('key', schema.key);
    const writeValue = this.element('value', schema.value);
    const namespace = named === undefined ? '' : namespaceOf(named);
    return (value) =>
      Object.entries(checkObject(value))
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) =>
          at(key, () => `<${tag}${namespace}>${writeKey(key)}${writeValue(entry)}</${tag}>`),
        )
        .join('');
  }

  #structure(schema: StructureSchema): InsideWriter {
    const entries = Object.entries(schema.members);
    const attributes = entries
      .filter(([, { traits }]) => traits?.xmlAttribute)
      .map(([name, member]) => ({ name, write: attributeWriter(name, member), fallback: defaultOf(member) }));
    const elements = entries
      .filter(([, { traits }]) => !traits?.xmlAttribute)
      .map(([name, member]) => ({ name, write: this.element(name, member), fallback: defaultOf(member) }));
    return (value) => {
      const structure = checkObject(value);
      return { attributes: writeAll(attributes, structure), content: writeAll(elements, structure) };
    };
  }
}

interface MemberWriter {
  readonly name: string;
  readonly write: ElementWriter;
  readonly fallback: (() => unknown) | undefined;
}

function writeAll(members: readonly MemberWriter[], structure: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const { name, write, fallback } of members) {
    const value = structure[name] ?? fallback?.();
    if (value !== undefined) text += at(name, () => write(value));
  }
  return text;
}

function attributeWriter(name: string, member: MemberSchema): ElementWriter {
  const write = textWriter(member, 'date-time');
  const attribute = member.traits?.xmlName ?? name;
  return (value) => ` ${attribute}="${escapeXml(write(value))}"`;
}

function contentOnly(write: ElementWriter): InsideWriter {
  return (value) => ({ attributes: '', content: write(value) });
}

function namespaceTrait({ traits }: MemberSchema): Pick<NonNullable<MemberSchema['traits']>, 'xmlNamespace'> {
  return traits?.xmlNamespace === undefined ? {} : { xmlNamespace: traits.xmlNamespace };
}

function namespaceOf({ traits }: MemberSchema): string {
  const namespace = traits?.xmlNamespace;
  if (namespace === undefined) return '';
  const name = namespace.prefix === undefined ? 'xmlns' : `xmlns:${namespace.prefix}`;
  return ` ${name}="${escapeXml(namespace.uri)}"`;
}

function checkObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unexpected(value, 'an object');
  return value as Readonly<Record<string, unknown>>;
}
