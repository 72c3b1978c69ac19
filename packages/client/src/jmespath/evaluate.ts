import type { JmesPath } from '../operation.ts';
import { functions } from './functions.ts';
import { isNumber, isObject, isTruthy, jsonEqual } from './json.ts';
import { slice } from './slice.ts';

/**
 * Evaluates a JMESPath expression over a value (https://jmespath.org/specification.html).
 *
 * @returns null for whatever is not there. A function given a value of the wrong type also returns null, where the
 *   specification demands an error: to a waiter both mean that the value does not match
 */
export function evaluate(path: JmesPath, value: unknown): unknown {
  switch (path[0]) {
    case 'current':
      return value ?? null;
    case 'literal':
      return path[1];
    case 'field':
      return isObject(value) && Object.hasOwn(value, path[1]) ? (value[path[1]] ?? null) : null;
    case 'index':
      return Array.isArray(value) ? (value.at(path[1]) ?? null) : null;
    case 'slice':
      return Array.isArray(value) ? slice(value, path[1], path[2], path[3]) : null;
    case 'chain':
    case 'pipe':
      return evaluate(path[2], evaluate(path[1], value));
    case 'project':
      return project(evaluate(path[1], value), path[2]);
    case 'values': {
      const object = evaluate(path[1], value);
      return isObject(object) ? project(Object.values(object), path[2]) : null;
    }
    case 'flatten': {
      const list = evaluate(path[1], value);
      return Array.isArray(list) ? list.flat() : null;
    }
    case 'filter': {
      const list = evaluate(path[1], value);
      if (!Array.isArray(list)) return null;
      return project(
        list.filter((item) => isTruthy(evaluate(path[2], item))),
        path[3],
      );
    }
    case 'compare':
      return compare(path[1], evaluate(path[2], value), evaluate(path[3], value));
    case 'and': {
      const left = evaluate(path[1], value);
      return isTruthy(left) ? evaluate(path[2], value) : left;
    }
    case 'or': {
      const left = evaluate(path[1], value);
      return isTruthy(left) ? left : evaluate(path[2], value);
    }
    case 'not':
      return !isTruthy(evaluate(path[1], value));
    case 'list': {
      const [, ...items] = path;
      return (value ?? null) === null ? null : items.map((item) => evaluate(item, value));
    }
    case 'hash':
      return (value ?? null) === null
        ? null
        : Object.fromEntries(Object.entries(path[1]).map(([name, item]) => [name, evaluate(item, value)]));
    case 'call': {
      const [, name, ...args] = path;
      return functions[name]?.(...args.map((arg) => evaluate(arg, value))) ?? null;
    }
  }
}

function project(list: unknown, path: JmesPath): unknown {
  return Array.isArray(list)
    ? list.map((item) => evaluate(path, item)).filter((item) => item !== null)
    : null;
}

function compare(operator: string, left: unknown, right: unknown): boolean | null {
  if (operator === '==') return jsonEqual(left, right);
  if (operator === '!=') return !jsonEqual(left, right);
  if (!isNumber(left) || !isNumber(right)) return null;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    default:
      return left >= right;
  }
}
