import { arrayAt, type Json, type JsonObject, objectAt, type Place, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import { isShapeId, type ShapeId } from './shape-id.ts';

/** A shape as it is written in a document. Checked only so far that it is an object with a type. */
export interface Definition {
  readonly id: ShapeId;
  readonly type: string;
  readonly properties: JsonObject;
}

/** Reads a reference to a shape: `{ "target": "com.example#City" }`. */
export function referenceAt(value: Json | undefined, place: Place): ShapeId {
  const target = stringAt(objectAt(value, place)['target'], { ...place, what: `target of ${place.what}` });
  if (!isShapeId(target) || target.includes('$')) {
    throw new ModelError(place.shapeId, `target of ${place.what}: "${target}" is not a shape id`);
  }
  return target;
}

export function referencesAt(value: Json | undefined, place: Place): readonly ShapeId[] {
  return value === undefined ? [] : arrayAt(value, place).map((item) => referenceAt(item, place));
}

export function traitsAt(value: Json | undefined, shapeId: ShapeId): JsonObject {
  if (value === undefined) return {};
  const traits = objectAt(value, { shapeId, what: 'traits' });
  for (const id of Object.keys(traits)) {
    if (!isShapeId(id)) throw new ModelError(shapeId, `traits: "${id}" is not a shape id`);
  }
  return traits;
}
