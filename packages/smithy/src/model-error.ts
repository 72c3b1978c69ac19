import type { ShapeId } from './shape-id.ts';

/** A model is not valid Smithy. The message names the shape and the reason. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** Shape or member at fault; undefined when the fault is in the document outside of shapes. */
  readonly shapeId: ShapeId | undefined;

  constructor(shapeId: ShapeId | undefined, reason: string) {
    super(shapeId === undefined ? `Invalid model: ${reason}` : `Invalid shape "${shapeId}": ${reason}`);
    this.shapeId = shapeId;
  }
}
