import { ModelError } from './model-error.ts';
import { prelude } from './prelude.ts';
import type { DataShape, OperationShape, ResourceShape, ServiceShape, Shape } from './shape.ts';
import type { ShapeId } from './shape-id.ts';

/** A checked model: every target exists and has an allowed type. */
export class Model {
  /** Shapes of the documents, in order, without those of Smithy's prelude. */
  readonly shapes: ReadonlyMap<ShapeId, Shape>;

  constructor(shapes: ReadonlyMap<ShapeId, Shape>) {
    this.shapes = shapes;
  }

  /** The shape with this id, also one of the prelude (`smithy.api#String`). */
  findShape(id: ShapeId): Shape | undefined {
    return this.shapes.get(id) ?? prelude.get(id);
  }

  /** @throws {ModelError} when there is no such service */
  getService(id: ShapeId): ServiceShape {
    const shape = this.#get(id);
    return shape.type === 'service' ? shape : mismatch(shape, 'a service');
  }

  /** @throws {ModelError} when there is no such operation */
  getOperation(id: ShapeId): OperationShape {
    const shape = this.#get(id);
    return shape.type === 'operation' ? shape : mismatch(shape, 'an operation');
  }

  /** @throws {ModelError} when there is no such resource */
  getResource(id: ShapeId): ResourceShape {
    const shape = this.#get(id);
    return shape.type === 'resource' ? shape : mismatch(shape, 'a resource');
  }

  /** @throws {ModelError} when there is no such shape, or no member may target it */
  getDataShape(id: ShapeId): DataShape {
    const shape = this.#get(id);
    const isBound = shape.type === 'service' || shape.type === 'operation' || shape.type === 'resource';
    return isBound ? mismatch(shape, 'data') : shape;
  }

  /** All services of the documents. */
  get services(): readonly ServiceShape[] {
    return [...this.shapes.values()].filter((shape) => shape.type === 'service');
  }

  #get(id: ShapeId): Shape {
    const shape = this.findShape(id);
    if (shape === undefined) throw new ModelError(id, 'does not exist');
    return shape;
  }
}

function mismatch(shape: Shape, wanted: string): never {
  throw new ModelError(shape.id, `is of type ${shape.type}, must be ${wanted}`);
}
