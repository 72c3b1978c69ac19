import type { ShapeId } from '@latchkey/smithy';
import type { EnumSchema, MemberSchema, Schema, Traits } from '@latchkey/wire';
import type { SchemaLibrary } from '../schema-library.ts';
import type { FilledCollections } from './filled-collections.ts';

export interface ClientSchemaOptions {
  readonly received: ReadonlySet<ShapeId>;
  readonly filled: FilledCollections;
  /** How 64-bit integers are read. */
  readonly longs: 'number' | 'bigint';
}

/** Traits that only a server uses: constraints, which it checks, and defaults, which it fills in. */
const serverTraits: readonly string[] = [
  'default',
  'clientOptional',
  'sensitive',
  'length',
  'range',
  'pattern',
  'uniqueItems',
];

/**
 * Reduces schemas to what a client needs, without traits that only a server uses.
 *
 * @param options.received shapes in responses. They keep `required`, because a client fills in absent required members, so
 *   that its types hold
 * @param options.filled members that are filled in like required ones
 */
export function clientSchemas(
  library: SchemaLibrary,
  { received, filled, longs }: ClientSchemaOptions,
): SchemaLibrary {
  const clientSchemaOf = new Map<Schema, Schema>();
  const clientLibrary = new Map<ShapeId, Schema>();
  for (const [id, schema] of library) {
    const unneeded = received.has(id) ? serverTraits : [...serverTraits, 'required'];
    const clientSchema = withRequired(reduce(schema, unneeded), filled.get(id));
    clientSchemaOf.set(schema, clientSchema);
    clientLibrary.set(id, clientSchema);
  }
  return clientLibrary;

  function reduce(schema: Schema, unneeded: readonly string[]): Schema {
    const { traits, ...rest } = schema;
    const kept = without(unneeded, traits);
    const reduceMember = (member: MemberSchema): MemberSchema => ({
      target: reduceTarget(member.target),
      ...without(unneeded, member.traits),
    });
    switch (schema.type) {
      case 'structure':
      case 'union': {
        const members = Object.entries(schema.members).map(([name, member]) => [name, reduceMember(member)]);
        return { ...(rest as typeof schema), members: Object.fromEntries(members), ...kept };
      }
      case 'list':
        return { type: schema.type, member: reduceMember(schema.member), ...kept };
      case 'map':
        return {
          type: schema.type,
          key: reduceMember(schema.key),
          value: reduceMember(schema.value),
          ...kept,
        };
      case 'enum':
      case 'intEnum':
        return { type: simpleTypeOf(schema), ...kept };
      case 'long':
      case 'bigInteger':
        if (longs === 'bigint') return { type: schema.type, traits: { ...kept.traits, bigint: true } };
        return { type: schema.type, ...kept };
      default:
        return { type: schema.type, ...kept };
    }
  }

  function reduceTarget(target: MemberSchema['target']): MemberSchema['target'] {
    if (typeof target === 'function') return () => clientSchemaOf.get(target()) ?? target();
    return clientSchemaOf.get(target) ?? target;
  }
}

/** Makes some members of a structure required. */
function withRequired(schema: Schema, names: ReadonlySet<string> | undefined): Schema {
  if (names === undefined || (schema.type !== 'structure' && schema.type !== 'union')) return schema;
  const members = Object.entries(schema.members).map(([name, member]): [string, MemberSchema] => [
    name,
    names.has(name) ? { ...member, traits: { required: true, ...member.traits } } : member,
  ]);
  return { ...schema, members: Object.fromEntries(members) };
}

/** Type of an enum's schema in a client: only the type checker knows its values. */
function simpleTypeOf({ type }: EnumSchema): 'string' | 'integer' {
  return type === 'enum' ? 'string' : 'integer';
}

function without(unneeded: readonly string[], traits: Traits | undefined): { readonly traits?: Traits } {
  if (traits === undefined) return {};
  const kept = Object.entries(traits).filter(([name]) => !unneeded.includes(name));
  return kept.length === 0 ? {} : { traits: Object.fromEntries(kept) };
}
