import { type Definition, traitsAt } from './definition.ts';
import { type JsonObject, objectAt, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import type { TraitMap } from './shape.ts';
import { isShapeId, type ShapeId } from './shape-id.ts';

/** Content of one or more JSON AST documents, not yet interpreted. */
export interface Documents {
  readonly definitions: ReadonlyMap<ShapeId, Definition>;
  /** Traits that `apply` statements add to shapes and members, in whichever document these are defined. */
  readonly applied: ReadonlyMap<ShapeId, TraitMap>;
}

/** Versions that can be read: minor versions are backward compatible. */
const knownVersion = /^[12](?:\.\d+)*$/;

/** Collects the shapes of all documents. */
export function readDocuments(documents: readonly unknown[]): Documents {
  const definitions = new Map<ShapeId, Definition>();
  const applied = new Map<ShapeId, TraitMap>();
  for (const document of documents) {
    for (const [id, shape] of Object.entries(shapesOf(document))) {
      const properties = objectAt(shape, { shapeId: id, what: 'shape' });
      const type = stringAt(properties['type'], { shapeId: id, what: 'type' });
      checkId(id, type);
      if (type === 'apply') {
        applied.set(id, { ...applied.get(id), ...traitsAt(properties['traits'], id) });
      } else if (definitions.has(id)) {
        throw new ModelError(id, 'is defined by two documents');
      } else {
        definitions.set(id, { id, type, properties });
      }
    }
  }
  return { definitions, applied };
}

function shapesOf(document: unknown): JsonObject {
  const { smithy, shapes } = objectAt(document, { what: 'document' });
  const version = stringAt(smithy, { what: 'version of Smithy (property "smithy")' });
  if (!knownVersion.test(version))
    throw new ModelError(undefined, `version of Smithy: is "${version}", must be one of 1.x, 2.x`);
  return shapes === undefined ? {} : objectAt(shapes, { what: 'shapes' });
}

function checkId(id: string, type: string): void {
  const maySayMember = type === 'apply';
  if (!isShapeId(id) || (id.includes('$') && !maySayMember)) {
    throw new ModelError(id, 'its id must have the form namespace#Name');
  }
}
