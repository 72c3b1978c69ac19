import assert from 'node:assert/strict';
import type { ClientProtocol, ReceivedResponse } from '@latchkey/wire';
import type { ProtocolCase } from './case.ts';
import { compareBody } from './compare-body.ts';
import { compareHeaders, lowerCased } from './compare-headers.ts';
import { typedParams } from './typed-params.ts';

export function checkClient(
  protocol: ClientProtocol,
  { kind, operation, structure, fields }: ProtocolCase,
): void {
  const params = typedParams(fields.params ?? {}, structure) as object;
  if (kind === 'request') {
    const request = protocol.renderInput(operation, params);
    assert.equal(request.method, fields.method);
    assert.equal(request.path, fields.uri);
    compareQuery(request.query, fields);
    compareHeaders(request.headers, fields);
    compareBody(request.body, fields);
    return;
  }
  const response: ReceivedResponse = {
    status: fields.code ?? 200,
    headers: lowerCased(fields.headers ?? {}),
    body: new TextEncoder().encode(fields.body ?? ''),
  };
  if (kind === 'response') {
    assert.deepEqual(protocol.parseOutput(operation, response), params);
    return;
  }
  const error = protocol.parseError(operation, response);
  assert.equal(error.name, structure.name);
  assert.deepEqual(error.members, params);
}

function compareQuery(query: string, fields: ProtocolCase['fields']): void {
  const found = query.split('&');
  const names = found.map((part) => part.split('=', 1)[0]);
  for (const expected of fields.queryParams ?? []) {
    assert(found.includes(expected) || found.includes(`${expected}=`), `no ${expected} in ${query}`);
  }
  for (const name of fields.requireQueryParams ?? []) assert(names.includes(name), `no ${name} in ${query}`);
  for (const name of fields.forbidQueryParams ?? []) assert(!names.includes(name), `${name} in ${query}`);
}
