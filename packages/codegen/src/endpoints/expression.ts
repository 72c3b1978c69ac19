import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { functions, lenientFunctions } from '@latchkey/client/endpoints/functions';
import {
  type EndpointParameter,
  type EndpointRuleCondition,
  type EndpointRuleExpression,
  ModelError,
  type ShapeId,
} from '@latchkey/smithy';

const known = new Set([...Object.keys(lenientFunctions), ...Object.keys(functions), 'aws.partition']);

/** The service whose expressions are read, and the parameters of its rules. */
export interface RulesOf {
  readonly service: ShapeId;
  readonly parameters: ReadonlyMap<string, EndpointParameter>;
}

/** Reads a condition, simplified as far as possible: only whether it holds matters, i.e. its value is neither undefined nor false. */
export function readCondition({ call, assign }: EndpointRuleCondition, of: RulesOf): EndpointExpression {
  return assign === undefined ? readTruth(call, of) : ['assign', assign, readValue(call, of)];
}

function readTruth(expression: EndpointRuleExpression, of: RulesOf): EndpointExpression {
  if (typeof expression !== 'object' || 'ref' in expression) return readValue(expression, of);
  const { fn, argv } = expression;
  const [first = false, second = false] = argv;
  if (fn === 'not') return negated(readTruth(first, of));
  if (fn === 'isSet' && !mayBeBoolean(first, of)) return readValue(first, of);
  if (fn === 'booleanEquals') {
    const [operand, wanted] = typeof first === 'boolean' ? [second, first] : [first, second];
    if (wanted === true) return readTruth(operand, of);
    if (wanted === false && hasAlwaysValue(operand, of)) return negated(readTruth(operand, of));
  }
  return readValue(expression, of);
}

function negated(condition: EndpointExpression): EndpointExpression {
  return Array.isArray(condition) && condition[0] === 'not' ? (condition[1] ?? false) : ['not', condition];
}

function mayBeBoolean(expression: EndpointRuleExpression, { parameters }: RulesOf): boolean {
  if (typeof expression !== 'object' || !('ref' in expression)) return true;
  return (parameters.get(expression.ref)?.type ?? 'boolean') === 'boolean';
}

function hasAlwaysValue(expression: EndpointRuleExpression, { parameters }: RulesOf): boolean {
  if (typeof expression !== 'object' || !('ref' in expression)) return false;
  return parameters.get(expression.ref)?.default !== undefined;
}

/** Reads an expression. @throws {ModelError} when it calls a function that the runtime does not have */
function readValue(expression: EndpointRuleExpression, of: RulesOf): EndpointExpression {
  if (typeof expression !== 'object') return expression;
  if ('ref' in expression) return `{${expression.ref}}`;
  const { fn, argv } = expression;
  const [target, path] = argv;
  if (fn === 'getAttr' && typeof target === 'object' && 'ref' in target) return `{${target.ref}#${path}}`;
  if (!known.has(fn))
    throw new ModelError(of.service, `endpoint rules: call "${fn}", which is no function that clients have`);
  return [fn, ...argv.map((arg) => readValue(arg, of))];
}

/** Reads an expression as a template. */
export function readTemplate(expression: EndpointRuleExpression, of: RulesOf): string {
  const value = readValue(expression, of);
  if (typeof value === 'string') return value;
  throw new ModelError(
    of.service,
    'endpoint rules: a URL, header or error is a call, must be a text or a reference',
  );
}
