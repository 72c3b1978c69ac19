import type { ShapeId } from './shape-id.ts';

/** A model that is not valid Smithy: says which shape, and why. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** The shape or member that is wrong; absent when the fault is in the document around the shapes. */
  readonly shapeId: ShapeId | undefined;

  constructor(shapeId: ShapeId | undefined, reason: string) {
    super(shapeId === undefined ? `Invalid model: ${reason}` : `Invalid shape "${shapeId}": ${reason}`);
    this.shapeId = shapeId;
  }
}
