import type { Model, ShapeId } from '@latchkey/smithy';
import { type ClientInput, type ClientModuleOptions, clientInput } from './client-input.ts';
import { callOf, emitClient } from './emit-client.ts';
import { emitEndpointsConstant } from './emit-endpoints-constant.ts';
import { emitErrors, emitErrorUnions } from './emit-errors.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';
import { emitTypes } from './emit-types.ts';
import { paginatorOf } from './paginators.ts';
import { type Declaration, everywhere } from './piece.ts';
import { type ClientModule, printModule } from './print-module.ts';
import { waitersOf } from './waiters.ts';

/**
 * The module that is a client of a service, in all the forms that it is served in.
 *
 * @param id of the service
 * @throws {ModelError} when the model cannot be made a client of: says which shape, and why
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function clientModule(model: Model, id: ShapeId, options: ClientModuleOptions): ClientModule {
  return printModule(clientDeclarations(model, id, options).declarations);
}

/** What `clientModule` prints, piece by piece, and what the pieces were made from; throws as it does. */
export function clientDeclarations(
  model: Model,
  id: ShapeId,
  options: ClientModuleOptions,
): { readonly input: ClientInput; readonly declarations: readonly Declaration[] } {
  const input = clientInput(model, id, options);
  const { imports, operations, service } = input;
  const waiters = operations.flatMap((operation) => waitersOf(input, operation));
  const methods = [
    ...operations.flatMap((operation) => [callOf(input, operation), ...paginatorOf(input, operation)]),
    ...waiters.map(({ method }) => method),
  ];
  const endpoints = emitEndpointsConstant(input);
  const schemas = emitSchemas(input);
  // The class runs first when the module is loaded: all that it refers to stands above it.
  const declarations = [
    ...emitErrors(input),
    endpoints.declaration,
    emitClient(input, endpoints.expression, methods),
    ...emitTypes(input),
    ...emitErrorUnions(input),
    schemas.declaration,
    ...emitOperations(input, schemas.reference),
    ...waiters.map(({ constant }) => [constant]),
  ];
  const firstLine = `// Generated from ${service.id}, version ${service.version}: not to be changed by hand, but generated again.\n`;
  return { input, declarations: [[everywhere(firstLine), imports.print()], ...declarations] };
}
