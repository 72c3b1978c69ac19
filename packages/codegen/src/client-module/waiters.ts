import type { Matcher, Waiter } from '@latchkey/client/waiters/waiter';
import {
  errorsOf,
  type ShapeId,
  type WaiterDefinition,
  type WaiterMatcher,
  waitableTrait,
} from '@latchkey/smithy';
import { printLiteral } from '../literal.ts';
import { lowerFirst } from '../names.ts';
import { getError } from '../schema-library.ts';
import type { ClientInput, ClientOperation } from './client-input.ts';
import { readJmesPath } from './jmes-path.ts';
import type { Method } from './method.ts';
import { constant, type Piece } from './piece.ts';

/** A method that waits for something, and the constant with its waiter. */
export interface ClientWaiter {
  readonly method: Method;
  readonly constant: Piece;
}

export function waitersOf(input: ClientInput, operation: ClientOperation): readonly ClientWaiter[] {
  return waitableTrait(operation.shape).map((definition) => {
    const { imports } = input;
    const constantName = input.claim(lowerFirst(definition.name));
    const type = imports.use('hiddenType', 'Waiter');
    const taken = `const ${constantName}: ${type} = ;`.length;
    const text = printLiteral(waiterData(definition, operation.shape.id), () => undefined, '', taken);
    return {
      constant: constant(constantName, type, text),
      method: {
        name: input.claimMethod(`waitFor${definition.name}`),
        docs: input.docs.note(
          definition.documentation ??
            `Calls \`${operation.method}\` until it answers as ${definition.name} says.`,
          '  ',
        ),
        operation,
        optionsType: imports.use('type', 'WaitOptions'),
        returns: `Promise<${resultTypes(input, operation, definition).join(' | ')}>`,
        callee: imports.use('value', 'waitFor', 'wait-for'),
        passed: ['this.#client', operation.constant, 'params', constantName, 'opts'],
      },
    };
  });
}

function waiterData({ name, acceptors, minDelay, maxDelay }: WaiterDefinition, id: ShapeId): Waiter {
  return {
    name,
    acceptors: acceptors.map(({ state, matcher }) => ({ state, ...matcherData(matcher, id) })),
    ...(minDelay !== undefined && { minDelay }),
    ...(maxDelay !== undefined && { maxDelay }),
  };
}

function matcherData(matcher: WaiterMatcher, id: ShapeId): Matcher {
  if (matcher.kind === 'success') return { success: matcher.success };
  if (matcher.kind === 'errorType') return { errorType: matcher.errorType };
  const path = readJmesPath(matcher.path, id, 'smithy.waiters#waitable');
  const { comparator, expected } = matcher;
  return matcher.kind === 'output'
    ? { output: path, comparator, expected }
    : { inputOutput: path, comparator, expected };
}

/** Types that a waiter resolves with: the output, or the error that is waited for. */
function resultTypes(
  input: ClientInput,
  operation: ClientOperation,
  { acceptors }: WaiterDefinition,
): readonly string[] {
  const errors = new Map(
    errorsOf(input.service, operation.shape).flatMap((id) => {
      const { name, queryError } = getError(input.library, id);
      return [name, ...(queryError === undefined ? [] : [queryError.code])].map((each) => [
        each,
        input.typeOf(id),
      ]);
    }),
  );
  const serviceError = () => input.imports.use('class', 'ServiceError');
  const types = acceptors
    .filter(({ state }) => state === 'success')
    .map(({ matcher }) => {
      if (matcher.kind === 'errorType') return errors.get(matcher.errorType) ?? serviceError();
      return matcher.kind === 'success' && !matcher.success ? serviceError() : input.outputType(operation);
    });
  return types.length === 0 ? ['never'] : [...new Set(types)];
}
