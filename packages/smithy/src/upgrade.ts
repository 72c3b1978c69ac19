import { type Definition, traitsAt } from './definition.ts';
import { isObject, type Json } from './json.ts';

/** Rewrites what differs between Smithy 1.0 and 2.0: a `set`, and a string with the trait `enum`. */
export function upgrade(definition: Definition): Definition {
  const { id, type, properties } = definition;
  if (type === 'set') {
    const traits = { ...traitsAt(properties['traits'], id), 'smithy.api#uniqueItems': {} };
    return { id, type: 'list', properties: { ...properties, type: 'list', traits } };
  }
  if (type === 'string') {
    const { 'smithy.api#enum': values, ...traits } = traitsAt(properties['traits'], id);
    const members = Array.isArray(values) ? enumMembers(values) : undefined;
    if (members !== undefined)
      return { id, type: 'enum', properties: { ...properties, type: 'enum', traits, members } };
  }
  return definition;
}

/** Members of an enum. Undefined unless every value has a name: otherwise the shape stays a string. */
function enumMembers(values: readonly Json[]): Json | undefined {
  const members = new Map<string, Json>();
  for (const value of values) {
    if (!isObject(value) || typeof value['name'] !== 'string') return undefined;
    const { documentation, tags } = value;
    members.set(value['name'], {
      target: 'smithy.api#Unit',
      traits: {
        'smithy.api#enumValue': value['value'] ?? null,
        ...(documentation !== undefined && { 'smithy.api#documentation': documentation }),
        ...(Array.isArray(tags) && tags.includes('internal') && { 'smithy.api#internal': {} }),
      },
    });
  }
  return Object.fromEntries(members);
}
