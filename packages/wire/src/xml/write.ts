import { CompiledStructures } from '../compiled-structures.ts';
import type { End } from '../end.ts';
import { targetOf, writtenDefaultOf } from '../member.ts';
import { at, unexpected } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, ServiceIdentity, StructureSchema } from '../schema.ts';
import { checkRecord, unionChecker } from '../values/record.ts';
import { textWriter } from '../values/text.ts';
import { escapeExactly, escapeXml } from './escape.ts';

/** Writes a value as one element, or as several of the same name where it is flattened. */
export type ElementWriter = (value: unknown) => string;

/** Attributes and content of an element. */
interface Inside {
  readonly attributes: string;
  readonly content: string;
}

type InsideWriter = (value: unknown) => Inside;

/** Compiles writers of XML elements. Each structure is compiled once, so that recursive models end. */
export class XmlWriters {
  readonly #end: End;
  readonly #escape: (text: string) => string;
  readonly #structures = new CompiledStructures<[value: unknown], Inside>();

  /** @param end for a character that XML cannot hold, a server writes U+FFFD; a client throws `Misfit` */
  constructor(end: End) {
    this.#end = end;
    this.#escape = end === 'server' ? escapeXml : escapeExactly;
  }

  /** @param name name of the element, where the member has no `xmlName` */
  element(name: string, member: MemberSchema): ElementWriter {
    const target = targetOf(member);
    const tag = member.traits?.xmlName ?? name;
    if (member.traits?.xmlFlattened && target.type === 'list') return this.#items(target, tag, member);
    if (member.traits?.xmlFlattened && target.type === 'map') return this.#entries(target, tag, member);
    const write = this.#inside(member);
    const namespace = xmlnsOf(member.traits ?? {});
    return (value) => {
      const { attributes, content } = write(value);
      return `<${tag}${namespace}${attributes}>${content}</${tag}>`;
    };
  }

  /** Writer of a structure's members, without an element around them. */
  members(schema: StructureSchema): ElementWriter {
    const write = this.#inside({ target: schema });
    return (value) => write(value).content;
  }

  #inside(member: MemberSchema): InsideWriter {
    const target = targetOf(member);
    switch (target.type) {
      case 'structure':
        return this.#structures.once(target, () => this.#structure(target));
      case 'union':
        return this.#structures.once(target, () => this.#union(target));
      case 'list':
        return contentOnly(this.#items(target, target.member.traits?.xmlName ?? 'member', target.member));
      case 'map':
        return contentOnly(this.#entries(target, 'entry', undefined));
      default: {
        const write = textWriter(member, 'date-time');
        return contentOnly((value) => this.#escape(write(value)));
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
    const namespace = xmlnsOf(named?.traits ?? {});
    return (value) =>
      Object.entries(checkRecord(value))
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) =>
          at(key, () => `<${tag}${namespace}>${writeKey(key)}${writeValue(entry)}</${tag}>`),
        )
        .join('');
  }

  #structure(schema: StructureSchema): InsideWriter {
    const entries = Object.entries(schema.members);
    const writersOf = (areAttributes: boolean): MemberWriter[] =>
      entries
        .filter(([, { traits }]) => (traits?.xmlAttribute === true) === areAttributes)
        .map(([name, member]) => ({
          name,
          write: areAttributes ? this.#attribute(name, member) : this.element(name, member),
          fallback: writtenDefaultOf(member, this.#end),
        }));
    const attributes = writersOf(true);
    const elements = writersOf(false);
    return (value) => {
      const structure = checkRecord(value);
      return { attributes: writeAll(attributes, structure), content: writeAll(elements, structure) };
    };
  }

  #union(schema: StructureSchema): InsideWriter {
    const check = unionChecker(schema);
    const write = this.#structure(schema);
    return (value) => write(check(value));
  }

  #attribute(name: string, member: MemberSchema): ElementWriter {
    const write = textWriter(member, 'date-time');
    const attribute = member.traits?.xmlName ?? name;
    return (value) => {
      // Parsers read an unescaped line feed or tab in an attribute as a space.
      const text = this.#escape(write(value)).replace(/[\t\n]/g, (space) => `&#${space.charCodeAt(0)};`);
      return ` ${attribute}="${text}"`;
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

function contentOnly(write: ElementWriter): InsideWriter {
  return (value) => ({ attributes: '', content: write(value) });
}

function namespaceTrait({ traits }: MemberSchema): Pick<NonNullable<MemberSchema['traits']>, 'xmlNamespace'> {
  return traits?.xmlNamespace === undefined ? {} : { xmlNamespace: traits.xmlNamespace };
}

/** Attribute that declares a namespace; empty where there is none. */
export function xmlnsOf({ xmlNamespace }: Pick<ServiceIdentity, 'xmlNamespace'>): string {
  if (xmlNamespace === undefined) return '';
  const { prefix, uri } = xmlNamespace;
  return ` xmlns${prefix === undefined ? '' : `:${prefix}`}="${escapeXml(uri)}"`;
}
