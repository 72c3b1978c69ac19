import type { MemberSchema, Schema } from '@latchkey/wire';

/** Turns the `params` of a case into the values that codecs take and give: a null member is one that is absent. */
export function typedParams(value: unknown, schema: Schema): unknown {
  if (value === null) return null;
  switch (schema.type) {
    case 'blob':
      return new TextEncoder().encode(String(value));
    case 'timestamp':
      return typeof value === 'string' ? new Date(value) : new Date(Number(value) * 1000);
    case 'float':
    case 'double':
      return Number(value);
    case 'list':
      return (value as unknown[]).map((item) => typedParams(item, target(schema.member)));
    case 'map':
      return mapEntries(value, (_key, entry) => typedParams(entry, target(schema.value)));
    case 'structure':
    case 'union':
      return mapEntries(withoutNulls(value), (name, entry) => {
        const member = schema.members[name];
        if (member === undefined) throw new Error(`Cannot find member "${name}" of ${schema.name}`);
        return typedParams(entry, target(member));
      });
    default:
      return value;
  }
}

function target(member: MemberSchema): Schema {
  return typeof member.target === 'function' ? member.target() : member.target;
}

function mapEntries(value: unknown, convert: (key: string, entry: unknown) => unknown): unknown {
  const entries = Object.entries(value as object);
  return Object.fromEntries(entries.map(([key, entry]) => [key, convert(key, entry)]));
}

function withoutNulls(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).filter(([, entry]) => entry !== null));
}
