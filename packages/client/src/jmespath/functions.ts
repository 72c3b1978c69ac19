import { isObject, jsonEqual } from './json.ts';

/**
 * JMESPath functions: those that API models call, and closely related ones. Not all of the specification, as they are in
 * every client with waiters. The generator refuses a model that calls another function.
 */
export const functions: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  contains(subject, search) {
    if (Array.isArray(subject)) return subject.some((item) => jsonEqual(item, search));
    return typeof subject === 'string' ? typeof search === 'string' && subject.includes(search) : null;
  },
  ends_with: (text, end) => (typeof text === 'string' && typeof end === 'string' ? text.endsWith(end) : null),
  keys: (object) => (isObject(object) ? Object.keys(object) : null),
  length(subject) {
    if (typeof subject === 'string') return [...subject].length;
    if (Array.isArray(subject)) return subject.length;
    return isObject(subject) ? Object.keys(subject).length : null;
  },
  not_null: (...values) => values.find((value) => value !== null),
  starts_with: (text, start) =>
    typeof text === 'string' && typeof start === 'string' ? text.startsWith(start) : null,
  values: (object) => (isObject(object) ? Object.values(object) : null),
};
