import type { Model, OperationShape, ServiceShape } from '@latchkey/smithy';

/** What a generated module says of the endpoints of its service. */
export interface EmittedEndpoints {
  /** What the expression uses: names, and the file below packages/client/src, without extension, that has each. */
  readonly imports: readonly { readonly path: string; readonly name: string }[];
  /** Of type `EndpointResolver`; printed for a place that is indented by `indent`. */
  readonly expression: string;
  /** The parameters that the expression decides by: those of operations that are not among them need not be sent. */
  readonly usedParams: ReadonlySet<string>;
}

/**
 * Prints the endpoint rules of a service.
 *
 * @param operations those of the module: rules that only others can reach are left out
 */
export function emitEndpoints(
  _model: Model,
  _service: ServiceShape,
  _operations: readonly OperationShape[],
): EmittedEndpoints {
  return { imports: [], expression: '', usedParams: new Set() };
}
