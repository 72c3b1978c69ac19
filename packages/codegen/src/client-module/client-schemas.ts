import type { ShapeId } from '@latchkey/smithy';
import type { EnumSchema, MemberSchema, Schema, Traits } from '@latchkey/wire';
import type { SchemaLibrary } from '../schema-library.ts';

/** What only a server goes by: a client leaves it to the server to judge and to fill in. */
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
 * The schemas as a client needs them: without what only a server goes by.
 *
 * @param received the shapes that come from the server: a client fills in what is required there and missing, so that
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

/** The values of an enum are for the type checker: a client passes on what it is given. */
function simpleTypeOf({ type }: EnumSchema): 'string' | 'integer' {
  return type === 'enum' ? 'string' : 'integer';
}

function without(unneeded: readonly string[], traits: Traits | undefined): { readonly traits?: Traits } {
  if (traits === undefined) return {};
  const kept = Object.entries(traits).filter(([name]) => !unneeded.includes(name));
  return kept.length === 0 ? {} : { traits: Object.fromEntries(kept) };
}
