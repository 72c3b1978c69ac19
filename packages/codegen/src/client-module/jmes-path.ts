import type { JmesPath } from '@latchkey/client/operation';
import { ModelError, type ShapeId } from '@latchkey/smithy';
import { JmesPathError } from '../jmespath/jmespath-error.ts';
import { parseJmesPath } from '../jmespath/parse.ts';

/** Parses a JMESPath expression of a trait. @throws {ModelError} names the shape and the trait */
export function readJmesPath(expression: string, shapeId: ShapeId, trait: string): JmesPath {
  try {
    return parseJmesPath(expression);
  } catch (error) {
    if (error instanceof JmesPathError) throw new ModelError(shapeId, `trait ${trait}: ${error.message}`);
    throw error;
  }
}
