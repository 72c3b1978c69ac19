import type { Model, ShapeId } from '@latchkey/smithy';
import { checkTraits, type UnknownTrait } from '../traits/check-traits.ts';
import { checkOperations } from './check-operations.ts';
import type { NoMatchingAction } from './choose-operations.ts';
import {
  type ClientInput,
  type ClientModuleOptions,
  type ClientOperation,
  clientInput,
} from './client-input.ts';
import { callOf, emitClient, emitEndpoints } from './emit-client.ts';
import { emitErrors, emitErrorUnions } from './emit-errors.ts';
import { emitOperations } from './emit-operations.ts';
import { emitSchemas } from './emit-schemas.ts';
import { emitTypes } from './emit-types.ts';
import type { Method } from './method.ts';
import { paginatorOf } from './paginator.ts';
import { type Declaration, everywhere } from './piece.ts';
import { type ClientWaiter, waitersOf } from './waiters.ts';

/** Declarations of a client module, and what they were made from. */
export interface ClientDeclarations {
  readonly input: ClientInput;
  readonly methods: readonly OperationMethods[];
  /** Declarations in the order of the module. */
  readonly declarations: readonly Declaration[];
}

/** Methods of a client for one operation. */
export interface OperationMethods {
  readonly operation: ClientOperation;
  readonly call: Method;
  /** Undefined where the operation is not paginated. */
  readonly paginator: Method | undefined;
  readonly waiters: readonly ClientWaiter[];
}

/**
 * Makes the declarations that `clientModule` prints.
 *
 * @param id shape id of the service
 * @throws {ModelError} when no client can be made from the model. The message names the shape and the reason
 * @throws {NoMatchingAction} when one of `actions` matches no operation
 */
export function clientDeclarations(
  model: Model,
  id: ShapeId,
  options: ClientModuleOptions,
): ClientDeclarations {
  const input = clientInput(model, id, options);
  const { imports, operations, service } = input;
  const unknown = checkTraits(input);
  checkOperations(service, operations);
  const methods = operations.map((operation) => ({
    operation,
    call: callOf(input, operation),
    paginator: paginatorOf(input, operation),
    waiters: waitersOf(input, operation),
  }));
  const waiters = methods.flatMap((each) => each.waiters);
  const endpoints = emitEndpoints(input);
  const schemas = emitSchemas(input);
  // The static members of the class are evaluated when the module is loaded: what they refer to comes first.
  const declarations = [
    ...emitErrors(input),
    endpoints.declaration,
    emitClient(input, endpoints.expression, [
      ...methods.flatMap(({ call, paginator }) => (paginator === undefined ? [call] : [call, paginator])),
      ...waiters.map(({ method }) => method),
    ]),
    ...emitTypes(input),
    ...emitErrorUnions(input),
    schemas.declaration,
    ...emitOperations(input, schemas.reference),
    ...waiters.map(({ constant }) => [constant]),
  ];
  const firstLine = `// Generated from ${service.id}, version ${service.version}: not to be changed by hand, but generated again.\n`;
  const start = everywhere(
    firstLine + input.unmatched.map(printUnmatched).join('') + unknown.map(printUnknown).join(''),
  );
  return { input, methods, declarations: [[start, imports.print()], ...declarations] };
}

/** A comment on one line: characters of the pattern that could end it are escaped. */
function printUnmatched({ message }: NoMatchingAction): string {
  const text = message.replaceAll(/[^\x20-\x7e]/g, (character) =>
    encodeURIComponent(character.toWellFormed()),
  );
  return `// ${text}\n`;
}

/** A comment about a trait that is newer than the generator: whoever misses something finds the cause here. */
function printUnknown({ trait, at }: UnknownTrait): string {
  return `// Not followed, as this version of Latchkey does not know it: trait ${trait}, e.g. of ${at}.\n`;
}
