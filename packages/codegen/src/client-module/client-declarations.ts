import type { Model, ShapeId } from '@latchkey/smithy';
import { checkOperations } from './check-operations.ts';
import {
  type ClientInput,
  type ClientModuleOptions,
  type ClientOperation,
  clientInput,
} from './client-input.ts';
import { callOf, emitClient } from './emit-client.ts';
import { emitEndpointsConstant } from './emit-endpoints-constant.ts';
import { emitErrors, emitErrorUnions } from './emit-errors.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';
import { emitTypes } from './emit-types.ts';
import type { Method } from './method.ts';
import { paginatorOf } from './paginators.ts';
import { type Declaration, everywhere } from './piece.ts';
import { type ClientWaiter, waitersOf } from './waiters.ts';

/** What a client module declares, and what it was made from. */
export interface ClientDeclarations {
  readonly input: ClientInput;
  readonly methods: readonly OperationMethods[];
  /** In their order in the module. */
  readonly declarations: readonly Declaration[];
}

/** The methods that a client has for an operation. */
export interface OperationMethods {
  readonly operation: ClientOperation;
  readonly call: Method;
  /** At most one. */
  readonly paginators: readonly Method[];
  readonly waiters: readonly ClientWaiter[];
}

/**
 * What `clientModule` prints, piece by piece, and what the pieces were made from.
 *
 * @param id of the service
 * @throws {ModelError} when the model cannot be made a client of: says which shape, and why
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function clientDeclarations(
  model: Model,
  id: ShapeId,
  options: ClientModuleOptions,
): ClientDeclarations {
  const input = clientInput(model, id, options);
  const { imports, operations, service } = input;
  checkOperations(service, operations);
  const methods = operations.map((operation) => ({
    operation,
    call: callOf(input, operation),
    paginators: paginatorOf(input, operation),
    waiters: waitersOf(input, operation),
  }));
  const waiters = methods.flatMap((each) => each.waiters);
  const endpoints = emitEndpointsConstant(input);
  const schemas = emitSchemas(input);
  // The class runs first when the module is loaded: all that it refers to stands above it.
  const declarations = [
    ...emitErrors(input),
    endpoints.declaration,
    emitClient(input, endpoints.expression, [
      ...methods.flatMap(({ call, paginators }) => [call, ...paginators]),
      ...waiters.map(({ method }) => method),
    ]),
    ...emitTypes(input),
    ...emitErrorUnions(input),
    schemas.declaration,
    ...emitOperations(input, schemas.reference),
    ...waiters.map(({ constant }) => [constant]),
  ];
  const firstLine = `// Generated from ${service.id}, version ${service.version}: not to be changed by hand, but generated again.\n`;
  return { input, methods, declarations: [[everywhere(firstLine), imports.print()], ...declarations] };
}
