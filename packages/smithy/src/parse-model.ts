import { checkTargets } from './check-targets.ts';
import { flattenMixins } from './mixins.ts';
import { Model } from './model.ts';
import { readDocuments } from './read-documents.ts';
import { readShape } from './read-shape.ts';
import { upgrade } from './upgrade.ts';

/**
 * Makes a model from parsed JSON AST documents (Smithy 1.0 or 2.0). Later documents may add shapes, and traits to earlier
 * shapes by `apply` statements.
 *
 * @throws {ModelError} names the first shape at fault, and the reason
 * @see https://smithy.io/2.0/spec/json-ast.html
 */
export function parseModel(...documents: readonly unknown[]): Model {
  const definitions = flattenMixins(readDocuments(documents));
  const shapes = definitions.map((definition) => readShape(upgrade(definition)));
  const model = new Model(new Map(shapes.map((shape) => [shape.id, shape])));
  for (const shape of shapes) checkTargets(shape, (id) => model.findShape(id));
  return model;
}
