import { type Definition, traitsAt } from './definition.ts';
import { isObject, type JsonObject } from './json.ts';
import { ModelError } from './model-error.ts';
import type { TraitMap } from './shape.ts';
import type { ShapeId } from './shape-id.ts';

/** Adds the traits of an `apply` statement to the shape or member that the statement targets. */
export function applyTraits(definition: Definition, target: ShapeId, traits: TraitMap): Definition {
  const { properties } = definition;
  const name = target.split('$')[1];
  if (name === undefined) return { ...definition, properties: withTraits(properties, traits, target) };
  // Members of lists and maps are beside the type; those of other shapes are under "members".
  const members = isObject(properties['members']) ? properties['members'] : undefined;
  const member = (members ?? properties)[name];
  if (!isObject(member) || !Object.hasOwn(members ?? properties, name)) {
    throw new ModelError(target, 'traits are applied to it, but it does not exist');
  }
  const changed = { [name]: withTraits(member, traits, target) };
  const added = members === undefined ? changed : { members: { ...members, ...changed } };
  return { ...definition, properties: { ...properties, ...added } };
}

function withTraits(holder: JsonObject, traits: TraitMap, id: ShapeId): JsonObject {
  return { ...holder, traits: { ...traitsAt(holder['traits'], id), ...traits } };
}
