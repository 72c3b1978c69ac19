import assert from 'node:assert/strict';
import type { CaseFields } from './case.ts';

export function compareHeaders(
  actual: Readonly<Record<string, unknown>>,
  fields: Omit<CaseFields, 'id'>,
): void {
  const found = lowerCased(actual);
  for (const [name, value] of Object.entries(lowerCased(fields.headers ?? {}))) {
    if (!isOfTransport(name)) assert.equal(found[name], value, `header ${name}`);
  }
  for (const name of fields.requireHeaders ?? []) {
    if (!isOfTransport(name)) assert(found[name.toLowerCase()] !== undefined, `no header ${name}`);
  }
  for (const name of fields.forbidHeaders ?? []) {
    assert.equal(found[name.toLowerCase()], undefined, `header ${name}`);
  }
}

export function lowerCased<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Whoever sends a message frames it. */
function isOfTransport(name: string): boolean {
  return name.toLowerCase() === 'content-length';
}
