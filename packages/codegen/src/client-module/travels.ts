import {
  closureOf,
  type Model,
  type OperationShape,
  type ServiceShape,
  type ShapeId,
} from '@latchkey/smithy';
import { unit } from './unit.ts';

/** Whether values are in requests, in responses, or in both. What is sent may be given in more forms than it is received in. */
export type Direction = 'input' | 'both' | 'output';

/** Which way values of shapes go. A shape may be in both sets. */
export interface Travels {
  /** Shapes in requests. */
  readonly sent: ReadonlySet<ShapeId>;
  /** Shapes in responses, errors included. */
  readonly received: ReadonlySet<ShapeId>;
}

export function travelsOf(
  model: Model,
  service: ServiceShape,
  operations: readonly OperationShape[],
): Travels {
  const requests = operations.map((shape) => ({ ...shape, output: unit, errors: [] }));
  const responses = operations.map((shape) => ({ ...shape, input: unit }));
  const idsOf = (errors: readonly ShapeId[], shapes: readonly OperationShape[]) =>
    new Set(closureOf(model, { ...service, errors }, shapes).map(({ id }) => id));
  return { sent: idsOf([], requests), received: idsOf(service.errors, responses) };
}
