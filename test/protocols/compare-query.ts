import assert from 'node:assert/strict';
import type { CaseFields } from './case.ts';

export function compareQuery(query: string, fields: CaseFields): void {
  const found = query.split('&');
  const names = found.map((part) => part.split('=', 1)[0]);
  for (const expected of fields.queryParams ?? []) {
    assert(found.includes(expected) || found.includes(`${expected}=`), `no ${expected} in ${query}`);
  }
  for (const name of fields.requireQueryParams ?? []) assert(names.includes(name), `no ${name} in ${query}`);
  for (const name of fields.forbidQueryParams ?? []) assert(!names.includes(name), `${name} in ${query}`);
}
