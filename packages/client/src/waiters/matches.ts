import { evaluate } from '../jmespath/evaluate.ts';
import type { Operation } from '../operation.ts';
import type { ServiceError } from '../service-error.ts';
import type { Matcher, PathMatcher } from './waiter.ts';

/** Result of a call: its output, or the error that the service answered with. */
export type Outcome = { readonly output: unknown } | { readonly error: ServiceError };

export function matches(matcher: Matcher, operation: Operation, input: object, outcome: Outcome): boolean {
  if ('success' in matcher) return matcher.success === 'output' in outcome;
  if ('errorType' in matcher)
    return 'error' in outcome && isOfType(outcome.error, matcher.errorType, operation);
  if ('error' in outcome) return false;
  const { output } = outcome;
  return 'output' in matcher
    ? compare(matcher, evaluate(matcher.output, output))
    : compare(matcher, evaluate(matcher.inputOutput, { input, output }));
}

/** Whether an error is the one that a model names: by shape name, or by its code in the query protocol. */
function isOfType(error: ServiceError, type: string, operation: Operation): boolean {
  return (
    error.name === type ||
    operation.errors.some(({ name, queryError }) => name === error.name && queryError?.code === type)
  );
}

function compare({ comparator, expected }: PathMatcher, found: unknown): boolean {
  switch (comparator) {
    case 'stringEquals':
      return found === expected;
    case 'booleanEquals':
      return found === (expected === 'true');
    case 'allStringEquals':
      return Array.isArray(found) && found.length > 0 && found.every((item) => item === expected);
    case 'anyStringEquals':
      return Array.isArray(found) && found.includes(expected);
  }
}
