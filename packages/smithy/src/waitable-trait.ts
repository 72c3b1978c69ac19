import { arrayAt, booleanAt, isObject, type Json, numberAt, objectAt, type Place, stringAt } from './json.ts';
import { ModelError } from './model-error.ts';
import { fieldsOf } from './operation-traits.ts';
import type { OperationShape } from './shape.ts';

/** An entry of `smithy.waiters#waitable`. */
export interface WaiterDefinition {
  readonly name: string;
  readonly acceptors: readonly WaiterAcceptor[];
  /** Seconds. */
  readonly minDelay?: number;
  /** Seconds. */
  readonly maxDelay?: number;
  readonly documentation?: string;
}

export interface WaiterAcceptor {
  readonly state: 'success' | 'failure' | 'retry';
  readonly matcher: WaiterMatcher;
}

export type WaiterMatcher =
  | { readonly kind: 'success'; readonly success: boolean }
  /** Without namespace. */
  | { readonly kind: 'errorType'; readonly errorType: string }
  | {
      readonly kind: 'output' | 'inputOutput';
      /** JMESPath. */
      readonly path: string;
      readonly comparator: (typeof comparators)[number];
      readonly expected: string;
    };

const comparators = ['stringEquals', 'booleanEquals', 'allStringEquals', 'anyStringEquals'] as const;
const states = ['success', 'failure', 'retry'] as const;

/** `smithy.waiters#waitable`: what may be waited for by calling an operation again and again. */
export function waitableTrait(operation: OperationShape): readonly WaiterDefinition[] {
  const found = fieldsOf(operation, 'smithy.waiters#waitable');
  if (found === undefined) return [];
  return Object.entries(found.fields).map(([name, value]) => readWaiter(name, value, found.place(name)));
}

function readWaiter(name: string, value: Json, place: Place): WaiterDefinition {
  const { acceptors, minDelay, maxDelay, documentation } = objectAt(value, place);
  const at = (what: string) => ({ ...place, what: `${what} of ${place.what}` });
  return {
    name,
    acceptors: arrayAt(acceptors, at('acceptors')).map((acceptor) =>
      readAcceptor(acceptor, at('an acceptor')),
    ),
    ...(minDelay !== undefined && { minDelay: numberAt(minDelay, at('minDelay')) }),
    ...(maxDelay !== undefined && { maxDelay: numberAt(maxDelay, at('maxDelay')) }),
    ...(documentation !== undefined && { documentation: stringAt(documentation, at('documentation')) }),
  };
}

function readAcceptor(value: Json, place: Place): WaiterAcceptor {
  const { state, matcher } = objectAt(value, place);
  return {
    state: oneOf(states, state, { ...place, what: `state of ${place.what}` }),
    matcher: readMatcher(matcher, { ...place, what: `matcher of ${place.what}` }),
  };
}

function readMatcher(value: Json | undefined, place: Place): WaiterMatcher {
  const { success, errorType, output, inputOutput } = objectAt(value, place);
  if (success !== undefined) return { kind: 'success', success: booleanAt(success, place) };
  if (errorType !== undefined) {
    return { kind: 'errorType', errorType: stringAt(errorType, place).replace(/^.*#/, '') };
  }
  const kind = isObject(output) ? 'output' : 'inputOutput';
  const { path, comparator, expected } = objectAt(output ?? inputOutput, {
    ...place,
    what: `${kind} of ${place.what}`,
  });
  return {
    kind,
    path: stringAt(path, { ...place, what: `path of ${place.what}` }),
    comparator: oneOf(comparators, comparator, { ...place, what: `comparator of ${place.what}` }),
    expected: stringAt(expected, { ...place, what: `expected of ${place.what}` }),
  };
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown, place: Place): Choice {
  const text = stringAt(value, place);
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new ModelError(place.shapeId, `${place.what}: is "${text}", must be one of ${choices.join(', ')}`);
}
