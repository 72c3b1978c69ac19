import { functions, getAttr, lenientFunctions } from './functions.ts';
import { findPartition, type Partition } from './partitions.ts';

/**
 * An expression of endpoint rules: a literal, a text with references in braces (`https://{Region}.{Arn#service}`), which
 * is the value itself where it is nothing but one reference, or a call with the name of the function first. Besides the
 * functions of rules there is `assign`, which gives its second argument the name that is its first.
 */
export type EndpointExpression = string | boolean | number | readonly EndpointExpression[];

/** What an expression is evaluated with. */
export interface Scope {
  /** Parameters, and what conditions have assigned since. */
  readonly values: Map<string, unknown>;
  readonly partitions: readonly Partition[];
}

/** Whether a condition holds: that its value is there, and is not false. */
export function holds(condition: EndpointExpression, scope: Scope): boolean {
  const value = evaluate(condition, scope);
  return value !== undefined && value !== false;
}

/** The value of an expression; undefined where something that it needs has none. */
export function evaluate(expression: EndpointExpression, scope: Scope): unknown {
  if (typeof expression === 'string') return fill(expression, scope);
  if (typeof expression !== 'object') return expression;
  const [first, ...args] = expression.map((part) => evaluate(part, scope));
  const name = String(first);
  if (name === 'assign') {
    scope.values.set(String(args[0]), args[1]);
    return args[1];
  }
  if (Object.hasOwn(lenientFunctions, name)) return lenientFunctions[name]?.(...args);
  if (args.includes(undefined)) return;
  if (name === 'aws.partition') return findPartition(String(args[0]), scope.partitions);
  return functions[name]?.(...args);
}

const reference = /^\{([^{}]+)\}$/;
const braces = /\{\{|\}\}|\{([^{}]+)\}/g;

function fill(template: string, scope: Scope): unknown {
  const whole = reference.exec(template)?.[1];
  if (whole !== undefined) return lookUp(whole, scope);
  return template.replace(braces, (brace: string, name: string | undefined) =>
    name === undefined ? brace.charAt(0) : String(lookUp(name, scope) ?? ''),
  );
}

/** `Name`, or `Name#attribute.attribute[index]`. */
function lookUp(name: string, { values }: Scope): unknown {
  const [variable = '', path] = name.split('#');
  const value = values.get(variable);
  return path === undefined ? value : getAttr(value, path);
}
