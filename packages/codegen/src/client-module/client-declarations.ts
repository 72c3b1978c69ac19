import type { Model, ShapeId } from '@latchkey/smithy';
import { emitEndpoints } from '../endpoints/emit-endpoints.ts';
import {
  type ClientInput,
  type ClientModuleOptions,
  type ClientOperation,
  clientInput,
} from './client-input.ts';
import { callOf, emitClient } from './emit-client.ts';
import { emitErrors, emitErrorUnions } from './emit-errors.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';
import { emitTypes } from './emit-types.ts';
import type { Method } from './method.ts';
import { paginatorOf } from './paginators.ts';
import { constant, type Declaration, everywhere } from './piece.ts';
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
  readonly paginator: Method | undefined;
  readonly waiters: readonly ClientWaiter[];
}

/**
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

  const methods = operations.map((operation) => ({
    operation,
    call: callOf(input, operation),
    paginator: paginatorOf(input, operation),
    waiters: waitersOf(input, operation),
  }));
  const waiters = methods.flatMap((each) => each.waiters);
  const inOrder = [
    ...methods.flatMap(({ call, paginator = [] }) => [call, paginator].flat()),
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
    emitClient(input, endpointsName, inOrder),
    ...emitTypes(input),
    ...emitErrorUnions(input),
    schemas.declaration,
    ...emitOperations(input, schemas.reference, endpoints.usedParams),
    ...waiters.map((waiter) => [waiter.constant]),
  ];
  return {
    input,
    methods,
    declarations: [[everywhere(firstLine(input)), input.imports.print()], ...declarations],
  };
}

function firstLine({ service }: ClientInput): string {
  return `// Generated from ${service.id}, version ${service.version}: not to be changed by hand, but generated again.\n`;
}
