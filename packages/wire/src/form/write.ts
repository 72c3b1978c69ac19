import { CompiledStructures } from '../compiled-structures.ts';
import { targetOf, writtenDefaultOf } from '../member.ts';
import { unexpected, within } from '../misfit.ts';
import type { ListSchema, MapSchema, MemberSchema, StructureSchema } from '../schema.ts';
import { expectText } from '../values/expect.ts';
import { percentEncode } from '../values/query-string.ts';
import { checkRecord, unionChecker } from '../values/record.ts';
import { textWriter } from '../values/text.ts';
import type { FormDialect } from './dialect.ts';

/** Writes a value as entries of a form, each with a leading `&`. `key` is the name of the value. */
export type FormWriter = (key: string, value: unknown) => string;

/** Compiles writers of forms. Each structure is compiled once, so that recursive models end. */
export class FormWriters {
  readonly #dialect: FormDialect;
  readonly #structures = new CompiledStructures<[key: string, value: unknown], string>();

  constructor(dialect: FormDialect) {
    this.#dialect = dialect;
  }

  of(member: MemberSchema): FormWriter {
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
        const write = textWriter(member, 'date-time');
        return (key, value) => `&${key}=${percentEncode(write(value))}`;
      }
    }
  }

  #list(schema: ListSchema, flattened: boolean): FormWriter {
    const itemName = flattened ? '' : `.${schema.member.traits?.xmlName ?? 'member'}`;
    const write = this.of(schema.member);
    return (key, value) => {
      if (!Array.isArray(value)) throw unexpected(value, 'a list');
      if (value.length === 0) return this.#dialect.flattensLists ? '' : `&${key}=`;
      let text = '';
      for (const [index, item] of value.entries()) {
        try {
          text += write(`${key}${itemName}.${index + 1}`, item);
        } catch (error) {
          throw within(error, index);
        }
      }
      return text;
    };
  }

  #map(schema: MapSchema, flattened: boolean): FormWriter {
    const entryName = flattened ? '' : '.entry';
    const keyName = schema.key.traits?.xmlName ?? 'key';
    const valueName = schema.value.traits?.xmlName ?? 'value';
    const write = this.of(schema.value);
    return (key, value) => {
      const entries = Object.entries(checkRecord(value)).filter(([, entry]) => entry !== undefined);
      let text = '';
      for (const [index, [name, entry]] of entries.entries()) {
        const place = `${key}${entryName}.${index + 1}`;
        try {
          text += `&${place}.${keyName}=${percentEncode(expectText(name))}${write(`${place}.${valueName}`, entry)}`;
        } catch (error) {
          throw within(error, name);
        }
      }
      return text;
    };
  }

  #structure(schema: StructureSchema): FormWriter {
    const members = Object.entries(schema.members).map(([name, member]) => ({
      name,
      step: this.#dialect.keyOf(name, member),
      write: this.of(member),
      fallback: writtenDefaultOf(member, 'client'),
    }));
    return (key, value) => {
      const structure = checkRecord(value);
      let text = '';
      for (const { name, step, write, fallback } of members) {
        const given = structure[name] ?? fallback?.();
        if (given === undefined) continue;
        try {
          text += write(key === '' ? step : `${key}.${step}`, given);
        } catch (error) {
          throw within(error, name);
        }
      }
      return text;
    };
  }

  #union(schema: StructureSchema): FormWriter {
    const check = unionChecker(schema);
    const write = this.#structure(schema);
    return (key, value) => write(key, check(value));
  }
}
