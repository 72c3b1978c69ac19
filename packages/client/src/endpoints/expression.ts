import { functions, getAttr, lenientFunctions } from './functions.ts';
import { findPartition, type Partition } from './partitions.ts';

/**
 * An expression of endpoint rules:
 * - a literal
 * - a template: text with references in braces (`https://{Region}.{Arn#service}`); one that is a single reference has
 *   the value of that reference, of any type
 * - a call: function name, then arguments. Besides the functions of the rules there is `['assign', name, expression]`
 */
export type EndpointExpression = string | boolean | number | readonly EndpointExpression[];

/** What an expression can refer to. */
export interface Scope {
  /** Values by name: the parameters, and what conditions have assigned so far. */
  readonly values: Map<string, unknown>;
  readonly partitions: readonly Partition[];
}

/** Whether a condition holds: its value is neither undefined nor false. */
export function holds(condition: EndpointExpression, scope: Scope): boolean {
  const value = evaluate(condition, scope);
  return value !== undefined && value !== false;
}

/** Evaluates an expression. @returns undefined where a value that it needs is undefined */
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

/** Looks up a reference: `Name`, or `Name#attribute.attribute[index]`. */
function lookUp(name: string, { values }: Scope): unknown {
  const [variable = '', path] = name.split('#');
  const value = values.get(variable);
  return path === undefined ? value : getAttr(value, path);
}
