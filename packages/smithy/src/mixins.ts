import { applyTraits } from './apply.ts';
import { type Definition, referencesAt, traitsAt } from './definition.ts';
import { arrayAt, isObject, type Json, type JsonObject } from './json.ts';
import { ModelError } from './model-error.ts';
import type { Documents } from './read-documents.ts';
import type { ShapeId } from './shape-id.ts';

/**
 * Flattens mixins: copies members and traits of mixins into the shapes that use them, and then adds the traits of `apply`
 * statements. Mixins are done before the shapes that use them, so traits applied to a mixin reach these shapes.
 */
export function flattenMixins({ definitions, applied }: Documents): readonly Definition[] {
  const appliedByShape = Map.groupBy(applied, ([target]) => target.split('$')[0] ?? target);
  for (const id of appliedByShape.keys()) {
    if (!definitions.has(id)) throw new ModelError(id, 'traits are applied to it, but it does not exist');
  }
  const finished = new Map<ShapeId, Definition>();
  const open = new Set<ShapeId>();

  function finish(own: Definition): Definition {
    const done = finished.get(own.id);
    if (done !== undefined) return done;
    if (open.has(own.id)) throw new ModelError(own.id, 'is a mixin of itself');
    open.add(own.id);
    const { mixins, ...ownProperties } = own.properties;
    let properties: JsonObject = {};
    for (const id of referencesAt(mixins, { shapeId: own.id, what: 'mixins' })) {
      const mixin = definitions.get(id);
      if (mixin === undefined) throw new ModelError(own.id, `mixin "${id}" does not exist`);
      properties = merge(properties, givenBy(finish(mixin), own));
    }
    let definition: Definition = { ...own, properties: merge(properties, ownProperties) };
    for (const [target, traits] of appliedByShape.get(own.id) ?? []) {
      definition = applyTraits(definition, target, traits);
    }
    open.delete(own.id);
    finished.set(own.id, definition);
    return definition;
  }

  return [...definitions.values()].map(finish);
}

/** What a shape gets from a mixin: everything but the mixin's local traits. */
function givenBy(mixin: Definition, user: Definition): JsonObject {
  const traits = traitsAt(mixin.properties['traits'], mixin.id);
  const mixinTrait = traits['smithy.api#mixin'];
  if (mixinTrait === undefined)
    throw new ModelError(user.id, `mixin "${mixin.id}" lacks trait smithy.api#mixin`);
  if (mixin.type !== user.type) {
    throw new ModelError(
      user.id,
      `mixin "${mixin.id}": is of type ${mixin.type}, must be of type ${user.type}`,
    );
  }
  const local = new Set<Json>(['smithy.api#mixin', ...localTraits(mixinTrait, mixin.id)]);
  const given = Object.entries(traits).filter(([id]) => !local.has(id));
  return { ...mixin.properties, traits: Object.fromEntries(given) };
}

function localTraits(mixinTrait: Json, shapeId: ShapeId): readonly Json[] {
  const value = isObject(mixinTrait) ? mixinTrait['localTraits'] : undefined;
  return value === undefined
    ? []
    : arrayAt(value, { shapeId, what: 'localTraits of trait smithy.api#mixin' });
}

/** Merges two definitions: lists are concatenated, objects merged at every depth; other values, and values of traits, are replaced. */
function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key);
    if (Array.isArray(before) && Array.isArray(value)) merged.set(key, [...before, ...value]);
    else if (isObject(before) && isObject(value)) {
      merged.set(key, key === 'traits' ? { ...before, ...value } : merge(before, value));
    } else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}
