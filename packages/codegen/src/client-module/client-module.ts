import type { Model, ShapeId } from '@latchkey/smithy';
import { emitEndpoints } from '../endpoints/emit-endpoints.ts';
import { type ClientInput, type ClientModuleOptions, clientInput } from './client-input.ts';
import { callOf, emitClient } from './emit-client.ts';
import { emitErrors, emitErrorUnions } from './emit-errors.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';
import { emitTypes } from './emit-types.ts';
import { paginatorOf } from './paginators.ts';
import { constant, type Declaration, everywhere } from './piece.ts';
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
  const input = clientInput(model, id, options);
  const { operations, service } = input;
  const endpoints = emitEndpoints(
    model,
    service,
    operations.map(({ shape }) => shape),
  );
  for (const { name, path } of endpoints.imports) input.imports.use('value', name, path);

  // What is long stands before the class, and the class calls it by name.
  const isShort = !endpoints.expression.includes('\n');
  const endpointsName = isShort ? endpoints.expression : input.claim('endpoints');

  const waiters = operations.flatMap((operation) => waitersOf(input, operation));
  const methods = [
    ...operations.flatMap((operation) =>
      [callOf(input, operation), paginatorOf(input, operation) ?? []].flat(),
    ),
    ...waiters.map(({ method }) => method),
  ];
  const schemas = emitSchemas(input);
  const declarations: readonly Declaration[] = [
    ...emitErrors(input),
    ...(isShort
      ? []
      : [
          [
            constant(
              endpointsName,
              input.imports.use('hiddenType', 'EndpointResolver'),
              endpoints.expression,
            ),
          ],
        ]),
    emitClient(input, endpointsName, methods),
    ...emitTypes(input),
    ...emitErrorUnions(input),
    schemas.declaration,
    ...emitOperations(input, schemas.reference, endpoints.usedParams),
    ...waiters.map((waiter) => [waiter.constant]),
  ];
  return printModule([[everywhere(firstLine(input)), input.imports.print()], ...declarations]);
}

function firstLine({ service }: ClientInput): string {
  return `// Generated from ${service.id}, version ${service.version}: not to be changed by hand, but generated again.\n`;
}
