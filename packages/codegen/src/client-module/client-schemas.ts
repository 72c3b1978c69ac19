import type { ShapeId } from '@latchkey/smithy';
import type { EnumSchema, MemberSchema, Schema, Traits } from '@latchkey/wire';
import type { SchemaLibrary } from '../schema-library.ts';

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
 * @param received shapes in responses. They keep `required`, because a client fills in absent required members, so that
 *   its types hold
 */
export function clientSchemas(library: SchemaLibrary, received: ReadonlySet<ShapeId>): SchemaLibrary {
  const clientSchemaOf = new Map<Schema, Schema>();
  const clientLibrary = new Map<ShapeId, Schema>();
  for (const [id, schema] of library) {
    const clientSchema = reduce(schema, received.has(id) ? serverTraits : [...serverTraits, 'required']);
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
      default:
        return { type: schema.type, ...kept };
    }
  }

  function reduceTarget(target: MemberSchema['target']): MemberSchema['target'] {
    if (typeof target === 'function') return () => clientSchemaOf.get(target()) ?? target();
    return clientSchemaOf.get(target) ?? target;
  }
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
